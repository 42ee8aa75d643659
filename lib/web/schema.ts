import { z } from "zod";

/** Why an address was not read. Each has a French sentence of its own, `web.failures` in the messages. */
export const WEB_FAILURES = [
  /** Not an address, or one with a name and a password in it, or another port than 80 and 443. */
  "address",
  /** Another scheme than http and https. */
  "scheme",
  /** It leads, at once or after a redirect, to a machine that is not on the public network. */
  "private",
  /** Not among the hosts that the service may reach. */
  "not_allowed",
  /** The site asks programs not to read it. */
  "robots",
  "too_many_redirects",
  "timeout",
  /** No such host, no answer, a bad certificate. */
  "unreachable",
  /** The site answered with an error, 404 or 500. */
  "status",
  /** 401, 402, 403: it must be paid for, or one must sign in. */
  "closed",
  "too_large",
  /** A kind of file that is not read. */
  "type",
  /** Nothing to read in it: empty, made by a script, or damaged. */
  "unreadable",
  "cancelled",
] as const;

export const webFailure = z.enum(WEB_FAILURES);
export type WebFailureCode = z.infer<typeof webFailure>;

export type WebContentType = "html" | "text" | "markdown" | "pdf" | "json" | "xml";

/** What an address gave, decompressed. */
export type FetchedPage = {
  /** After the redirects, without fragment. */
  url: string;
  type: WebContentType;
  /** As the server said, in lower case; null when it did not. */
  charset: string | null;
  bytes: Uint8Array;
  fetchedAt: Date;
};

/** A page as it was read. */
export const webPage = z.object({
  url: z.string(),
  title: z.string(),
  /** The name that the site gives itself, else its host. */
  site: z.string(),
  author: z.string().nullable(),
  /** When it was published or last changed, as it says; ISO 8601, the day at least. */
  date: z.string().nullable(),
  /** Markdown: headings, lists and tables kept. */
  text: z.string(),
  /** ISO 8601. */
  readAt: z.string(),
});
export type WebPage = z.infer<typeof webPage>;

export const searchPeriod = z.enum(["day", "week", "month", "year"]);
export type SearchPeriod = z.infer<typeof searchPeriod>;

export type WebQuery = {
  text: string;
  /** Only what is newer than this; null for any time. */
  period: SearchPeriod | null;
  /** Only from the preferred domains, the official ones. */
  officialOnly: boolean;
};

export type WebResult = {
  url: string;
  title: string;
  /** What the engine says of it, in plain text. */
  snippet: string;
  /** ISO 8601, when the engine says. */
  date: string | null;
};

/** An engine as agents know it. */
export const searchEngine = z.object({ id: z.string(), label: z.string(), hosting: z.string() });
export type SearchEngine = z.infer<typeof searchEngine>;

export type WebSearchAnswer = { engine: SearchEngine; results: WebResult[] };
