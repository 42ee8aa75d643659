import { rankWebPassages } from "@/lib/web/rank-passages";
import type { WebPage } from "@/lib/web/schema";
import { hostOf } from "@/lib/web/site-name";
import { sourceMark, webSource } from "../citations/sources";
import { marked } from "../prompts/marked";
import type { ToolContext } from "./tool";
import type { VisitedPage } from "./web.schema";

const PAGES_MAX = 8;
const TOKENS_MAX = 6_000;
/** Of the context, at most. */
const SHARE_MAX = 0.2;

export type GivenPages = {
  /** Of each page, what was given of it. */
  passages: string[][];
  /** What the model reads; empty when there is nothing. */
  forModel: string;
};

/** The passages of pages that answer best, under the numbers they are to be cited by. */
export function giveWebPages(
  pages: readonly WebPage[],
  question: string,
  { sources, budget }: Pick<ToolContext, "sources" | "budget">,
): GivenPages {
  const limits = { pagesMax: PAGES_MAX, tokensMax: Math.min(TOKENS_MAX, Math.floor(budget * SHARE_MAX)) };
  const chosen = rankWebPassages(
    pages.map((page) => ({ page })),
    question,
    limits,
  );
  const passages: string[][] = pages.map(() => []);
  const given = chosen.flatMap(({ pageIndex, heading, text }) => {
    const page = pages[pageIndex];
    if (!page) return [];
    passages[pageIndex]?.push(text);
    const number = sources.add(webSource(page, text));
    const isUnder = heading && !text.includes(heading);
    return marked("passage", isUnder ? `(sous le titre « ${heading} »)\n${text}` : text, placeOf(number, page));
  });
  return { passages, forModel: given.join("\n\n") };
}

const placeOf = (number: number, { url, title, site, date }: WebPage): string =>
  `${sourceMark(number)}, page web « ${unquoted(title)} », site « ${unquoted(site)} », ${date ? `datée du ${date.slice(0, 10)}` : "sans date"}, ${url}`;

/** A page that calls itself « X », legifrance.gouv.fr » must not seem to be of that site. */
const unquoted = (name: string): string => name.replace(/[«»]/g, '"');

/** A page that is about to be read. */
export const toVisit = (url: string, said: { title?: string; date?: string | null } = {}): VisitedPage => ({
  url,
  title: said.title ?? "",
  site: hostOf(url) ?? url,
  date: said.date ?? null,
  state: "reading",
  failure: null,
  readAt: null,
  passages: [],
});

export const asRead = (
  visited: VisitedPage,
  { title, site, date, readAt }: WebPage,
  passages: string[] = [],
): VisitedPage => ({
  ...visited,
  title: title || visited.title,
  site,
  date: date ?? visited.date,
  state: "read",
  readAt,
  passages,
});
