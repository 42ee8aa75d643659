import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { reportFailure } from "@/lib/telemetry/report";
import type { SearchEngine, WebSearchAnswer } from "@/lib/web/schema";
import { type CircuitBreaker, createCircuitBreaker } from "./circuit-breaker";
import { sharedRedis } from "./redis";
import { createSearchCache, type SearchCache, searchKey } from "./web-search.cache";
import { type EngineQuestion, type SearchEngineAdapter, SearchEngineError } from "./web-search.engine";
import { searchAdaptersOf } from "./web-search.registry";

/** A page of results, and whether another may be asked for. */
export type SearchPage = WebSearchAnswer & { hasMore: boolean };

type Asking = {
  signal: AbortSignal;
  /** This one only: that of the first page, for those that follow. */
  engineId?: string;
  /** Called once nothing is known yet: what it throws keeps the query from leaving. */
  beforeAsking: () => Promise<void>;
  /** Called as the query leaves for an engine, the first one or one that takes over. */
  onAsk?: ((engine: SearchEngine) => void) | undefined;
};

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & {
  assistantWebSearch?: { adapters: SearchEngineAdapter[]; breaker: CircuitBreaker; cache: SearchCache };
};

function known() {
  shared.assistantWebSearch ??= {
    adapters: searchAdaptersOf(env()),
    breaker: createCircuitBreaker(),
    cache: createSearchCache(sharedRedis()),
  };
  return shared.assistantWebSearch;
}

/** For tests: nothing was asked yet, of engines that are read again from the settings. */
export function forgetSearches(): void {
  delete shared.assistantWebSearch;
}

/** The engines of the configuration, in the order in which they are asked; none when the web cannot be searched. */
export const listSearchEngines = (): SearchEngine[] => known().adapters.map(({ engine }) => engine);

/**
 * What the first engine that answers says; a cached answer is half an hour old at most. `searchWeb` (lib/web) is what the product
 * calls. Throws `web_search_failed` when none answers, or the reason of the signal.
 */
export async function askSearchEngines(
  question: EngineQuestion,
  { signal, engineId, beforeAsking, onAsk }: Asking,
): Promise<SearchPage> {
  const { adapters, cache } = known();
  const asked = adapters.filter(({ engine }) => engineId === undefined || engine.id === engineId);
  const key = searchKey(env().AUTH_SECRET, [asked.map(({ engine }) => engine.id), question]);
  const cached = await cache.read(key);
  const cachedFrom = cached && asked.find(({ engine }) => engine.id === cached.engineId);
  if (cachedFrom) return { engine: cachedFrom.engine, results: cached.results, hasMore: cached.hasMore };

  signal.throwIfAborted();
  await beforeAsking();
  for (const adapter of asked) {
    const answer = await askOne(adapter, question, { signal, onAsk });
    if (!answer) continue;
    await cache.write(key, { engineId: adapter.engine.id, ...answer, askedAt: Date.now() });
    return { engine: adapter.engine, ...answer };
  }
  throw new AppError("web_search_failed");
}

/** Null when the engine does not answer, or is left alone for having failed. */
async function askOne(
  { engine, search }: SearchEngineAdapter,
  question: EngineQuestion,
  { signal, onAsk }: Pick<Asking, "signal" | "onAsk">,
) {
  const passage = known().breaker.enter(engine.id);
  if (!passage) return null;
  onAsk?.(engine);
  try {
    const answer = await search(question, signal);
    passage.succeed();
    return answer;
  } catch (cause) {
    if (signal.aborted) {
      passage.leave();
      throw signal.reason;
    }
    const error = cause instanceof SearchEngineError ? cause : new SearchEngineError("failed", { cause });
    passage.fail(error.retryAfterMs);
    const failure = new AppError("web_search_failed", { cause: error });
    reportFailure(failure, { operation: `web-search.${engine.id}`, fault: error.fault });
    return null;
  }
}
