import { z } from "zod";
import { WEB_QUERY_CHARACTERS_MAX } from "@/lib/web/query-length";
import { searchEngine, searchPeriod, webFailure } from "@/lib/web/schema";

const URL_CHARACTERS_MAX = 2_000;

/** What the model looks for on the web. */
export const searchWebInput = z.object({
  query: z.string().trim().min(1).max(WEB_QUERY_CHARACTERS_MAX),
  /** Only what is newer than this. */
  period: searchPeriod.nullish(),
});
export type SearchWebInput = z.infer<typeof searchWebInput>;

export const readWebPageInput = z.object({ url: z.string().trim().min(1).max(URL_CHARACTERS_MAX) });
export type ReadWebPageInput = z.infer<typeof readWebPageInput>;

/** A page that was looked at to answer: what is kept of it, so that it can still be checked when it has changed. */
export const visitedPage = z.object({
  url: z.string(),
  title: z.string(),
  /** The name that the site gives itself, else its host. */
  site: z.string(),
  /** Of the page, as it says; ISO 8601. */
  date: z.string().nullable(),
  state: z.enum(["reading", "read", "unread"]),
  /** Why it was not read; null unless it was not. */
  failure: webFailure.nullable(),
  /** When it was read; ISO 8601. */
  readAt: z.string().nullable(),
  /** What the model was given of it, in the order of the page. */
  passages: z.array(z.string()),
});
export type VisitedPage = z.infer<typeof visitedPage>;

/**
 * How far a search has got. `confirming`: the agent is asked whether the query may leave. Ends: `done`; `refused` by the agent, or
 * without an answer of theirs; `skipped`: stopped by the agent, what had come is used; `failed`: no engine answered; `limited`: too many searches
 * were made.
 */
const SEARCH_STEPS = ["confirming", "searching", "reading", "done", "refused", "skipped", "failed", "limited"] as const;

export const searchWebOutput = z.object({
  step: z.enum(SEARCH_STEPS),
  /** What is sent, or would be: shortened, without personal data. */
  query: z.string(),
  /** The kinds of personal data that were taken out of the query. */
  removed: z.array(z.string()),
  period: searchPeriod.nullable(),
  officialOnly: z.boolean(),
  /** The one that answers, or that is asked first. */
  engine: searchEngine.nullable(),
  /**
   * While the agent is asked, those that the query would be sent to, each when the one before does not answer; at the end, those that
   * it was sent to: none when what they said was known already. Absent while it is sent, and from what was stored before.
   */
  engines: z.array(searchEngine).optional(),
  pages: z.array(visitedPage),
});
export type SearchWebOutput = z.infer<typeof searchWebOutput>;

/** `confirming`: the address comes neither from the agent nor from a search, and the agent is asked whether it may be opened. */
export const readWebPageOutput = z.object({
  step: z.enum(["confirming", "reading", "done", "refused", "skipped"]),
  page: visitedPage,
});
export type ReadWebPageOutput = z.infer<typeof readWebPageOutput>;
