import "server-only";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import { toOneLine } from "@/lib/extraction/normal-text";
import type { SearchPeriod, WebResult } from "@/lib/web/schema";
import { addressKey, toAddress } from "./web-search.addresses";

/** A result as an engine gives it: nothing of it is believed. */
export type SaidResult = { url: unknown; title: unknown; snippet: unknown; date: unknown };

const RESULTS_MAX = 30;
const TITLE_CHARACTERS_MAX = 300;
const SNIPPET_CHARACTERS_MAX = 600;
const MARKUP_CHARACTERS_MAX = 20_000;
const DAY_MS = 24 * 3_600_000;
/** With a day to spare: engines count in their own time zone. */
const PERIOD_MS: Record<SearchPeriod, number> = {
  day: 2 * DAY_MS,
  week: 8 * DAY_MS,
  month: 32 * DAY_MS,
  year: 367 * DAY_MS,
};
/** Older, it is the date of nothing on the web. */
const FIRST_DATE = Date.parse("1990-01-01");

/** The results that can be shown and read, in the engine's order: plain text, safe addresses, once each, none that is known to be too old. */
export function toWebResults(said: readonly SaidResult[], period: SearchPeriod | null, now: Date): WebResult[] {
  const results = said.flatMap((one): WebResult[] => {
    const url = toAddress(one.url);
    if (!url) return [];
    const title = toPlainText(one.title, TITLE_CHARACTERS_MAX) || new URL(url).hostname;
    return [{ url, title, snippet: toPlainText(one.snippet, SNIPPET_CHARACTERS_MAX), date: toDate(one.date, now) }];
  });
  const isTooOld = ({ date }: WebResult) =>
    period !== null && date !== null && now.getTime() - Date.parse(date) > PERIOD_MS[period];
  return withoutRepeats(results.filter((result) => !isTooOld(result))).slice(0, RESULTS_MAX);
}

/** The first result of each page, however its address is written. */
export function withoutRepeats(results: readonly WebResult[]): WebResult[] {
  const seen = new Set<string>();
  return results.filter(({ url }) => {
    const key = addressKey(url);
    return !seen.has(key) && seen.add(key);
  });
}

const SEPARATING = new Set("br p div li ul ol td th tr h1 h2 h3 h4 h5 h6 hr section article blockquote".split(" "));
const UNSEEN = new Set(["script", "style", "template", "noscript", "iframe"]);

/** Without markup, entities undone, on one line, cut with « … ». */
function toPlainText(said: unknown, charactersMax: number): string {
  if (typeof said !== "string") return "";
  const markup = said.slice(0, MARKUP_CHARACTERS_MAX);
  const line = toOneLine(/[<&]/.test(markup) ? textOf(parseFragment(markup)) : markup);
  return line.length <= charactersMax
    ? line
    : `${line
        .slice(0, charactersMax - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === "#text" && "value" in node) return node.value;
  if (UNSEEN.has(node.nodeName) || !("childNodes" in node)) return "";
  const inside = node.childNodes.map(textOf).join("");
  return SEPARATING.has(node.nodeName) ? ` ${inside} ` : inside;
}

/** ISO 8601: the instant when a zone is given, else the day alone. Null for what is no date, or is to come. */
function toDate(said: unknown, now: Date): string | null {
  if (typeof said !== "string") return null;
  const isoDay = /^(\d{4}-\d{2}-\d{2})(?:[T ]|$)/.exec(said.trim())?.[1];
  const hasZone = /(?:[zZ]|[+-]\d{2}:?\d{2}|\bGMT|\bUTC)$/.test(said.trim());
  if (!isoDay && !(hasZone && /^[A-Za-z]{3},? /.test(said.trim()))) return null;
  const at = new Date(isoDay && !hasZone ? `${isoDay}T00:00:00Z` : said);
  const isLikely = at.getTime() >= FIRST_DATE && at.getTime() <= now.getTime() + DAY_MS;
  if (!isLikely) return null;
  const iso = at.toISOString();
  // « 31 February » is read as a day of March.
  if (isoDay && !hasZone && !iso.startsWith(isoDay)) return null;
  return hasZone ? iso : iso.slice(0, 10);
}
