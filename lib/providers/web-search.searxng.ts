import "server-only";
import { z } from "zod";
import type { Settings } from "@/lib/env";
import { ENGINE_MS, type EngineQuestion, type SearchEngineAdapter, SearchEngineError } from "./web-search.engine";
import { fetchEngineJson } from "./web-search.fetch";
import { toWebResults } from "./web-search.results";

type Searxng = { url: string; label: string; hosting: string | undefined; timeoutMs?: number };

const answer = z.object({
  results: z.array(z.record(z.string(), z.unknown()).catch({})),
  unresponsive_engines: z.array(z.unknown()).catch([]),
});

/** Moderate: strict, some engines hide what an administration has to know of. */
const SAFE_SEARCH = "1";
/** What SearXNG takes for an order: « !engine », « !!site », « :language », « <timeout ». */
const ORDERS = /(?<=^|\s)[!:<?]+(?=\S)/g;

export const searxngOf = ({ SEARXNG_URL, SEARXNG_LABEL, SEARXNG_HOSTING }: Settings): SearchEngineAdapter | null =>
  SEARXNG_URL ? createSearxng({ url: SEARXNG_URL, label: SEARXNG_LABEL, hosting: SEARXNG_HOSTING }) : null;

/** SearXNG through `/search?format=json`, which its settings must permit (`search.formats`). */
export function createSearxng({ url, label, hosting, timeoutMs = ENGINE_MS }: Searxng): SearchEngineAdapter {
  return {
    engine: { id: "searxng", label, hosting: hosting ?? new URL(url).hostname },
    async search(question, signal) {
      const said = await fetchEngineJson(addressOf(url, question), { timeoutMs, signal }).catch(explained);
      const read = answer.safeParse(said);
      if (!read.success) throw new SearchEngineError("malformed");
      const { results, unresponsive_engines } = read.data;
      if (results.length === 0 && unresponsive_engines.length > 0) throw new SearchEngineError("unresponsive");
      return {
        results: toWebResults(
          results.map((one) => ({ url: one.url, title: one.title, snippet: one.content, date: one.publishedDate })),
          question.period,
          new Date(),
        ),
        hasMore: results.length > 0,
      };
    },
  };
}

function addressOf(base: string, { text, period, page }: EngineQuestion): URL {
  const url = new URL("search", `${base.replace(/\/+$/, "")}/`);
  url.search = new URLSearchParams({
    q: text.replace(ORDERS, ""),
    format: "json",
    language: "fr",
    safesearch: SAFE_SEARCH,
    pageno: String(page),
    ...(period && { time_range: period, categories: "general,news" }),
  }).toString();
  return url;
}

function explained(error: unknown): never {
  if (error instanceof SearchEngineError && error.fault === "refused") throw new SearchEngineError("json_disabled");
  throw error;
}
