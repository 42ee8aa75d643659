import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join("tests", "support", "web-pages");

/** A page written for the tests, as the sites it looks like write theirs. */
export const webPageFixture = (name: string): string => readFileSync(join(FOLDER, `${name}.html`), "utf8");

const withBody = (body: string): string =>
  `<!doctype html><html><head><title>Page</title></head><body>${body}</body></html>`;
const WORDS = "<p>Le service reste ouvert au public pendant les travaux du rez-de-chaussée.</p>";

/** Pages made to cost as much as they can. */
export const HOSTILE_PAGES: Record<string, () => string> = {
  "5 MB of paragraphs": () => withBody(WORDS.repeat(62_000)),
  "100,000 nested tags": () => withBody(`${"<div>".repeat(100_000)}fond`),
  "100,000 nested formatting tags": () =>
    withBody(`${Array.from({ length: 100_000 }, (_, index) => `<font size=${index}>`).join("")}${WORDS}`),
  "a million attributes": () =>
    withBody(`<p ${Array.from({ length: 600_000 }, (_, n) => `a${n}`).join(" ")}>texte${WORDS}`),
  "a million empty elements": () => withBody("<i></i>".repeat(700_000)),
  "an SVG and script bomb": () =>
    withBody(`${"<svg><g><use href='#a'/><script>for(;;){}</script>".repeat(40_000)}${WORDS}`),
  "a table that spans a million cells": () =>
    withBody(`<table>${"<tr><td colspan=1000 rowspan=1000>x<td>y".repeat(3_000)}</table>`),
  "a title of 4 MB": () => `<title>${"a- ".repeat(1_400_000)}</title><h1>${"b ".repeat(500_000)}</h1>${WORDS}`,
  "an endless comment": () => withBody(`${WORDS}<!--${"-".repeat(4_900_000)}`),
  "JSON-LD of 4 MB": () => withBody(`<script type="application/ld+json">${"[".repeat(4_000_000)}</script>${WORDS}`),
  "links in links": () => withBody("<a href=x><b><p>".repeat(60_000)),
};
