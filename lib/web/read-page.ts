import "server-only";
import { type ExtractionFailure, extractionCodeOf } from "@/lib/extraction/extraction";
import { webReadingPool } from "@/lib/providers/reading";
import { reportFailure } from "@/lib/telemetry/report";
import type { FetchedPage, WebFailureCode, WebPage } from "./schema";
import { isWebFailure, WebFailure } from "./web-failure";

/**
 * What an address gave → a page: its main text as Markdown, at most 200,000 characters, and what it says of itself. Read in another
 * process, in at most 5 seconds. Rejects with a WebFailure: `closed`, `unreadable`, `type`, `too_large`, `timeout`, or `cancelled`
 * when the signal says so.
 */
export async function readFetchedPage(page: FetchedPage, { signal }: { signal: AbortSignal }): Promise<WebPage> {
  const { url, type, charset, bytes, fetchedAt } = page;
  if (bytes.length === 0) throw new WebFailure("unreadable");
  try {
    const reading = await webReadingPool().readWeb({ url, type, charset, bytes }, { signal });
    if ("obstacle" in reading) throw new WebFailure(reading.obstacle);
    return { url, ...reading.page, readAt: fetchedAt.toISOString() };
  } catch (error) {
    throw toWebFailure(error, signal);
  }
}

function toWebFailure(error: unknown, signal: AbortSignal): WebFailure {
  if (isWebFailure(error)) return error;
  if (signal.aborted) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return new WebFailure(isLate ? "timeout" : "cancelled", { cause: error });
  }
  const code = extractionCodeOf(error) ?? "unexpected";
  if (code === "unexpected") reportFailure(error, { operation: "web.read-page" });
  return new WebFailure(FAILURES[code], { cause: error });
}

const FAILURES: Record<ExtractionFailure, WebFailureCode> = {
  unsupported_type: "type",
  legacy_office: "type",
  type_mismatch: "type",
  empty_file: "unreadable",
  no_text: "unreadable",
  password_needed: "closed",
  password_wrong: "closed",
  damaged: "unreadable",
  too_large_inside: "too_large",
  too_many_pages: "too_large",
  too_long: "unreadable",
  too_much_memory: "unreadable",
  unexpected: "unreadable",
};
