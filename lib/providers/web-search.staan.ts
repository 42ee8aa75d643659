import "server-only";
import { z } from "zod";
import type { Settings } from "@/lib/env";
import { ENGINE_MS, type EngineQuestion, type SearchEngineAdapter, SearchEngineError } from "./web-search.engine";
import { fetchEngineJson } from "./web-search.fetch";
import { toWebResults } from "./web-search.results";

type Staan = { url: string; apiKey: string; hosting: string | undefined; timeoutMs?: number };

const answer = z.object({
  web: z.object({ results: z.array(z.record(z.string(), z.unknown()).catch({})) }),
});

/** Both are fixed by the service, which refuses anything else. */
const RESULTS_PER_PAGE = 10;
const PAGES_MAX = 4;
const QUERY_CHARACTERS_MAX = 400;

export const staanOf = ({ STAAN_URL, STAAN_API_KEY, STAAN_HOSTING }: Settings): SearchEngineAdapter | null =>
  STAAN_API_KEY ? createStaan({ url: STAAN_URL, apiKey: STAAN_API_KEY, hosting: STAAN_HOSTING }) : null;

/**
 * Staan, the index of Qwant and Ecosia, through `/search/web`. It knows no period: what it dates is sorted out afterwards. Written
 * from its public documentation, and tried against a scripted server only.
 */
export function createStaan({ url, apiKey, hosting, timeoutMs = ENGINE_MS }: Staan): SearchEngineAdapter {
  return {
    engine: { id: "staan", label: "Staan", hosting: hosting ?? new URL(url).hostname },
    async search(question, signal) {
      if (question.page > PAGES_MAX) return { results: [], hasMore: false };
      const headers = { authorization: `Bearer ${apiKey}` };
      const said = await fetchEngineJson(addressOf(url, question), { headers, timeoutMs, signal });
      const read = answer.safeParse(said);
      if (!read.success) throw new SearchEngineError("malformed");
      const { results } = read.data.web;
      return {
        results: toWebResults(
          results.map((one) => ({
            url: one.url,
            title: one.title,
            snippet: one.snippet ?? one.description,
            date: one.published_date ?? one.date,
          })),
          question.period,
          new Date(),
        ),
        hasMore: results.length > 0 && question.page < PAGES_MAX,
      };
    },
  };
}

function addressOf(base: string, { text, page }: EngineQuestion): URL {
  const url = new URL("search/web", `${base.replace(/\/+$/, "")}/`);
  url.search = new URLSearchParams({
    q: text.slice(0, QUERY_CHARACTERS_MAX),
    market: "fr-fr",
    offset: String((page - 1) * RESULTS_PER_PAGE),
  }).toString();
  return url;
}
