import type { SnippetPiece } from "@/lib/history/schema";

const CHARACTERS_MAX = 220;
/** Of which so many before the first word that is marked. */
const BEFORE = 60;

type Found = { start: number; end: number; which: number };

/** Some two lines of a text, where the most of what is looked for is near each other; `held` says how many of them the text holds. */
export type Snippet = { pieces: SnippetPiece[]; held: number };

/** `recognise`: which of the things looked for a word is, by its number; -1 for none. */
export function toSnippet(markdown: string, recognise: (word: string) => number): Snippet {
  const text = withoutMarks(markdown);
  const found: Found[] = [];
  for (const { 0: word, index } of text.matchAll(/\p{N}+|[\p{L}\p{M}]+/gu)) {
    const which = recognise(word);
    if (which >= 0) found.push({ start: index, end: index + word.length, which });
  }
  const start = startOfBest(text, found);
  const end = cutBefore(text, start + CHARACTERS_MAX);
  const pieces: SnippetPiece[] = [];
  const add = (from: number, to: number, isMatch: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), isMatch });
  };
  let at = start;
  for (const mark of found) {
    if (mark.start < start || mark.end > end) continue;
    add(at, mark.start, false);
    add(mark.start, mark.end, true);
    at = mark.end;
  }
  add(at, end, false);
  if (start > 0) pieces.unshift({ text: "… ", isMatch: false });
  if (end < text.length) pieces.push({ text: " …", isMatch: false });
  return { pieces, held: new Set(found.map(({ which }) => which)).size };
}

/** The window slides from match to match, counting what it holds: a long text is gone through once. */
function startOfBest(text: string, found: readonly Found[]): number {
  const counts = new Map<number, number>();
  let best = { held: 0, start: 0 };
  let next = 0;
  for (const first of found) {
    for (let last = found[next]; last && last.end <= first.start + CHARACTERS_MAX - BEFORE; last = found[next]) {
      counts.set(last.which, (counts.get(last.which) ?? 0) + 1);
      next += 1;
    }
    if (counts.size > best.held) best = { held: counts.size, start: first.start };
    const left = (counts.get(first.which) ?? 1) - 1;
    if (left > 0) counts.set(first.which, left);
    else counts.delete(first.which);
  }
  const wished = best.start - BEFORE;
  if (wished <= 0) return 0;
  const blank = text.indexOf(" ", wished);
  return blank >= 0 && blank < best.start ? blank + 1 : best.start;
}

function cutBefore(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const blank = text.lastIndexOf(" ", end);
  if (blank > end - CHARACTERS_MAX / 2) return blank;
  return /[\ud800-\udbff]/.test(text[end - 1] ?? "") ? end - 1 : end;
}

/** On one line, without what Markdown draws titles, tables, emphasis and links with. */
const withoutMarks = (markdown: string): string =>
  markdown
    // No further than a link goes: a text of brackets would be gone through once for each.
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,500}\)/g, "$1")
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+/gm, "")
    .replace(/^\|?[\s|:-]+\|?$/gm, " ")
    .replace(/\\([\\`*_{}[\]()#+.!|-])/g, "$1")
    .replace(/[*_`|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
