import "server-only";
import { availableParallelism } from "node:os";
import { env } from "@/lib/env";
import { createReadingPool, type ReadingPool } from "@/lib/extraction/reading-pool";

/** A page is waited for by someone; what takes longer was not written to be read. */
const WEB_PAGE_MS = 5_000;
/** Starting one takes longer than reading a page: they stay while people search. */
const WEB_IDLE_MS = 10 * 60_000;
const WEB_PAGE_BYTES_MAX = 384 * 1_048_576;

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & {
  assistantReadingPool?: ReadingPool | undefined;
  assistantWebReadingPool?: ReadingPool | undefined;
  assistantWritingPool?: ReadingPool | undefined;
};

/** The processes in which files are read, away from this one. */
export function readingPool(): ReadingPool {
  shared.assistantReadingPool ??= createReadingPool({
    memoryBytes: env().READING_MEGABYTES_MAX * 1_048_576,
    timeoutMs: env().READING_TIMEOUT_SECONDS * 1_000,
  });
  return shared.assistantReadingPool;
}

/** Those in which pages of the web are: a page never waits for the two minutes of a scan, nor for another that never ends. */
export function webReadingPool(): ReadingPool {
  shared.assistantWebReadingPool ??= createReadingPool({
    size: Math.max(2, availableParallelism() - 1),
    memoryBytes: Math.min(WEB_PAGE_BYTES_MAX, env().READING_MEGABYTES_MAX * 1_048_576),
    timeoutMs: WEB_PAGE_MS,
    idleMs: WEB_IDLE_MS,
  });
  return shared.assistantWebReadingPool;
}

/** Those in which conversations become files: whoever takes one away does not wait behind a scan. */
export function writingPool(): ReadingPool {
  shared.assistantWritingPool ??= createReadingPool({
    memoryBytes: env().READING_MEGABYTES_MAX * 1_048_576,
    timeoutMs: env().READING_TIMEOUT_SECONDS * 1_000,
  });
  return shared.assistantWritingPool;
}

export function closeReadingPool(): void {
  shared.assistantReadingPool?.close();
  shared.assistantReadingPool = undefined;
  shared.assistantWebReadingPool?.close();
  shared.assistantWebReadingPool = undefined;
  shared.assistantWritingPool?.close();
  shared.assistantWritingPool = undefined;
}
