import type { z } from "zod";
import type { documentOrigin, webOrigin } from "@/lib/conversations/schema";
import type { ReadPage } from "@/lib/pages/queries";
import type { WebPage } from "@/lib/web/schema";
import { findQuotation, type Place } from "./quotations";

type DocumentOrigin = z.infer<typeof documentOrigin>;
/** Where something that a model was given comes from, as it is cited. */
export type Origin = DocumentOrigin | z.infer<typeof webOrigin>;

/** A page, or a passage of one, that a model was given to read, and may cite. */
export type GivenSource = {
  origin: Origin;
  /** As the model was given it. */
  text: string;
  /** Where `text` begins in what is kept of its page, in UTF-16 units; null when it is not written so there. */
  start: number | null;
  /** A passage found by a search: it is cited as a whole. */
  isPassage: boolean;
};

/** What a model was given in a turn, each under the number it is to be cited by. */
export type Sources = {
  /** The number of a source; the same one given again keeps its number. */
  add(source: GivenSource): number;
  get(number: number): GivenSource | undefined;
  all(): readonly GivenSource[];
  /** Forgets those whose number is not written in what the model is sent: what did not fit was not given. */
  keepOnly(sent: readonly string[]): void;
};

/** A page as a source; `start` as in `GivenSource`. */
export const pageSource = (
  { documentId, name }: Pick<DocumentOrigin, "documentId" | "name">,
  { number, kind, label, isRecognised, text }: ReadPage,
  start: number | null = 0,
): GivenSource => ({
  origin: { documentId, name, page: number, kind, label, isRecognised },
  text,
  start,
  isPassage: false,
});

/** A passage that was found, as it is written in its page. */
export function passageSource(
  of: Pick<DocumentOrigin, "documentId" | "name">,
  { pageText, ...passage }: ReadPage & { pageText: string },
): GivenSource {
  // Of a table that was cut, each piece repeats the header, which is not there in the page.
  const [, , ...rows] = passage.text.split("\n");
  const place = placeOf(pageText, passage.text) ?? placeOf(pageText, rows.join("\n"));
  const text = place ? pageText.slice(place.start, place.end) : passage.text;
  return { ...pageSource(of, { ...passage, text }, place?.start ?? null), isPassage: true };
}

/** A passage of a page of the web: what is kept of the page is the passage itself. */
export const webSource = (
  { url, title, site, date, readAt }: Pick<WebPage, "url" | "title" | "site" | "date" | "readAt">,
  passage: string,
): GivenSource => ({ origin: { url, title, site, date, readAt, passage }, text: passage, start: 0, isPassage: true });

/** Whether both come from the same page, of a document or of the web. */
export const isSamePage = (a: Origin, b: Origin): boolean =>
  "url" in a ? "url" in b && a.url === b.url : "page" in b && a.documentId === b.documentId && a.page === b.page;

function placeOf(page: string, text: string): Place | null {
  const start = page.indexOf(text);
  return start < 0 ? findQuotation(page, text) : { start, end: start + text.length };
}

/** How a source is announced to the model; the number is what it cites. */
export const sourceMark = (number: number): string => `source ${number}`;

export function createSources(): Sources {
  const given: GivenSource[] = [];
  const forgotten = new Set<GivenSource>();
  const isSame = (a: GivenSource, b: GivenSource) =>
    isSamePage(a.origin, b.origin) && a.start === b.start && a.text === b.text;
  const get = (number: number) => {
    const source = given[number - 1];
    return source && !forgotten.has(source) ? source : undefined;
  };
  return {
    add(source) {
      const known = given.findIndex((each) => isSame(each, source));
      if (known < 0) return given.push(source);
      forgotten.delete(given[known] as GivenSource);
      return known + 1;
    },
    get,
    all: () => given.filter((source) => !forgotten.has(source)),
    keepOnly(sent) {
      for (const [index, source] of given.entries()) {
        const mark = `\n[${sourceMark(index + 1)}, `;
        if (!sent.some((text) => text.includes(mark))) forgotten.add(source);
      }
    },
  };
}
