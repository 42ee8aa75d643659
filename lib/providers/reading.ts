import "server-only";
import { env } from "@/lib/env";
import { createReadingPool, type ReadingPool } from "@/lib/extraction/reading-pool";

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantReadingPool?: ReadingPool | undefined };

/** The processes in which files are read, away from this one. */
export function readingPool(): ReadingPool {
  shared.assistantReadingPool ??= createReadingPool({
    memoryBytes: env().READING_MEGABYTES_MAX * 1_048_576,
    timeoutMs: env().READING_TIMEOUT_SECONDS * 1_000,
  });
  return shared.assistantReadingPool;
}

export function closeReadingPool(): void {
  shared.assistantReadingPool?.close();
  shared.assistantReadingPool = undefined;
}
