import "server-only";
import { webReadingPool } from "@/lib/providers/reading";
import { reportFailure } from "@/lib/telemetry/report";
import { fetchPublicPage } from "./fetch-page";
import { readFetchedPage } from "./read-page";
import type { WebFailureCode, WebPage } from "./schema";
import { isWebFailure } from "./web-failure";

/** What reads pages takes some time to start: as much as an engine takes to answer. */
export const prepareVisits = (): void => webReadingPool().warm();

/** What came of an address. */
export type Visit = { url: string; page: WebPage } | { url: string; failure: WebFailureCode };

/** Fetches a page and reads it. Never fails: why it was not read is what it gives. */
export async function visitPage(url: string, signal: AbortSignal): Promise<Visit> {
  try {
    return { url, page: await readFetchedPage(await fetchPublicPage(url, { signal }), { signal }) };
  } catch (error) {
    if (signal.aborted) return { url, failure: isTimeout(signal) ? "timeout" : "cancelled" };
    if (isWebFailure(error)) return { url, failure: error.code };
    reportFailure(error, { operation: "web.visit" });
    return { url, failure: "unreadable" };
  }
}

const isTimeout = ({ reason }: AbortSignal): boolean =>
  reason instanceof DOMException && reason.name === "TimeoutError";

/** Visits pages all at once, each told when it is done; those that take longer than `withinMs` are left. In the order of `urls`. */
export function visitPages(
  urls: readonly string[],
  { signal, withinMs, onVisit }: { signal: AbortSignal; withinMs: number; onVisit: (visit: Visit) => void },
): Promise<Visit[]> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
  return Promise.all(
    urls.map(async (url) => {
      const visit = await visitPage(url, soon);
      onVisit(visit);
      return visit;
    }),
  );
}
