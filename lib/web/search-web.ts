import "server-only";
import { env } from "@/lib/env";
import { askSearchEngines, type SearchPage } from "@/lib/providers/web-search";
import { withoutRepeats } from "@/lib/providers/web-search.results";
import { isPreferred, preferOfficial, withoutCrowding } from "./official";
import type { SearchEngine, WebQuery, WebResult, WebSearchAnswer } from "./schema";
import { takeSearch } from "./search-limits";

const RESULTS = 8;
const OFFICIAL_PAGES_MAX = 3;

type Search = {
  agentId: string;
  signal: AbortSignal;
  limit?: number;
  /** Called as the query leaves for an engine, once for each. */
  onAsk?: (engine: SearchEngine) => void;
};

/**
 * Searches the web with the first engine that answers: at most `limit` results (8), official ones up, one per page and three per
 * site at most. Official only, up to three pages are asked of the engine, for one search. What was asked less than half an hour
 * ago costs nothing. Throws an `AppError`, `web_search_failed` or `web_search_limit` (with `reopensAt`), or the reason of the signal.
 */
export async function searchWeb(
  { text, period, officialOnly }: WebQuery,
  { agentId, signal, limit = RESULTS, onAsk }: Search,
): Promise<WebSearchAnswer> {
  let giveBack: (() => Promise<void>) | undefined;
  const beforeAsking = async () => {
    giveBack ??= await takeSearch(agentId);
  };
  const ask = (page: number, engineId?: string) =>
    askSearchEngines({ text, period, page }, { signal, beforeAsking, ...(engineId ? { engineId } : { onAsk }) });

  let last = await ask(1).catch(async (error: unknown) => {
    if (!signal.aborted) await giveBack?.();
    throw error;
  });
  let results = chosen(last.results, officialOnly);
  for (let page = 2; officialOnly && page <= OFFICIAL_PAGES_MAX && results.length < limit && last.hasMore; page += 1) {
    const next = await another(() => ask(page, last.engine.id), signal);
    if (!next) break;
    last = next;
    results = chosen([...results, ...next.results], officialOnly);
  }
  return { engine: last.engine, results: results.slice(0, limit) };
}

/** Null when no more pages come: those that came are enough. */
async function another(ask: () => Promise<SearchPage>, signal: AbortSignal): Promise<SearchPage | null> {
  try {
    return await ask();
  } catch {
    signal.throwIfAborted();
    return null; // said in the logs by the port
  }
}

function chosen(results: readonly WebResult[], officialOnly: boolean): WebResult[] {
  const domains = env().WEB_PREFERRED_DOMAINS;
  const once = withoutRepeats(results);
  return withoutCrowding(
    officialOnly ? once.filter(({ url }) => isPreferred(url, domains)) : preferOfficial(once, domains),
  );
}
