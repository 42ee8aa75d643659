import type { ExcerptPart } from "@/lib/library/schema";
import { folded, toLexemes } from "./lexemes.ts";
import { type Term, withSimilar } from "./ranking.ts";

/** Each is compared with each passage. */
const WORDS_MAX = 10;
/** Letters after which a word that is being typed stands for all those it begins. */
const PREFIX_MIN = 3;

/** What is looked for: `lexeme` in the words of passages, or anywhere in a name. */
export type Word = { lexeme: string; isPrefix: boolean };

/** The words of a query, each once; the last may not be typed to its end. */
export function toWords(query: string): Word[] {
  const lexemes = [...new Set(toLexemes(query).map(({ lexeme }) => lexeme))].slice(0, WORDS_MAX);
  const isBeingTyped = /[\p{L}\p{N}]$/u.test(query);
  return lexemes.map((lexeme, index) => ({
    lexeme,
    isPrefix: isBeingTyped && index === lexemes.length - 1 && lexeme.length >= PREFIX_MIN,
  }));
}

const holds = (lexeme: string, word: Word): boolean =>
  word.isPrefix ? lexeme.startsWith(word.lexeme) : lexeme === word.lexeme;

/** A query in the syntax of PostgreSQL. A lexeme is made of letters and figures only. */
export const toTsquery = ({ lexeme, isPrefix }: Word): string => `'${lexeme}'${isPrefix ? ":*" : ""}`;

export type Named = { id: string; name: string };

/**
 * For each document whose name holds some of the words, which: one bit for each. A word that is in no name and not in `elsewhere`
 * is looked for as it may have been meant. Without any word to look for, the query itself is.
 */
export function searchNames(documents: readonly Named[], query: string, elsewhere: number): Map<string, number> {
  const words = toWords(query);
  const names = documents.map(({ id, name }) => ({
    id,
    text: folded(name),
    lexemes: toLexemes(name).map(({ lexeme }) => lexeme),
  }));
  if (words.length === 0) {
    const text = folded(query.trim());
    return new Map(names.filter((name) => name.text.includes(text)).map(({ id }) => [id, 1]));
  }
  const isIn = (name: (typeof names)[number], lexeme: string) =>
    name.text.includes(lexeme) || name.lexemes.includes(lexeme);
  const asked = words.map(({ lexeme }): Term => ({ lexemes: [lexeme], weight: 1 }));
  const isMissing = (term: Term) => {
    const index = asked.indexOf(term);
    return (elsewhere & (1 << index)) === 0 && !names.some((name) => isIn(name, words[index]?.lexeme ?? ""));
  };
  const terms = asked.some(isMissing)
    ? withSimilar(asked, isMissing, [...new Set(names.flatMap(({ lexemes }) => lexemes))])
    : asked;
  return new Map(
    names.flatMap((name) => {
      const held = terms.reduce(
        (bits, { lexemes }, index) => (lexemes.some((lexeme) => isIn(name, lexeme)) ? bits | (1 << index) : bits),
        0,
      );
      return held === 0 ? [] : [[name.id, held] as const];
    }),
  );
}

/** How many words a document holds, as one bit for each. */
export const countBits = (bits: number): number => bits.toString(2).replaceAll("0", "").length;

const EXCERPT_CHARACTERS_MAX = 220;
/** Of which so many before the first word that is marked. */
const EXCERPT_BEFORE = 60;

/** The part of a passage where the most of the words are near each other, those words marked. */
export function toExcerpt(passage: string, words: readonly Word[]): ExcerptPart[] {
  const text = withoutMarks(passage);
  const found = [...text.matchAll(/\p{N}+|[\p{L}\p{M}]+/gu)].flatMap(({ 0: written, index }) => {
    const [{ lexeme } = { lexeme: "" }] = toLexemes(written);
    const which = lexeme === "" ? -1 : words.findIndex((word) => holds(lexeme, word));
    return which < 0 ? [] : [{ start: index, end: index + written.length, which }];
  });
  const start = startOfBest(text, found);
  const end = cutBefore(text, start + EXCERPT_CHARACTERS_MAX);
  const parts: ExcerptPart[] = [];
  let at = start;
  for (const mark of found.filter((one) => one.start >= start && one.end <= end)) {
    if (mark.start > at) parts.push({ text: text.slice(at, mark.start), isMarked: false });
    parts.push({ text: text.slice(mark.start, mark.end), isMarked: true });
    at = mark.end;
  }
  if (end > at) parts.push({ text: text.slice(at, end), isMarked: false });
  if (start > 0) parts.unshift({ text: "… ", isMarked: false });
  if (end < text.length) parts.push({ text: " …", isMarked: false });
  return parts;
}

type Found = { start: number; end: number; which: number };

function startOfBest(text: string, found: readonly Found[]): number {
  let best = { held: 0, start: 0 };
  for (const first of found) {
    const within = found.filter(
      ({ start, end }) => start >= first.start && end <= first.start + EXCERPT_CHARACTERS_MAX,
    );
    const held = new Set(within.map(({ which }) => which)).size;
    if (held > best.held) best = { held, start: first.start };
  }
  const wished = best.start - EXCERPT_BEFORE;
  if (wished <= 0) return 0;
  const blank = text.indexOf(" ", wished);
  return blank >= 0 && blank < best.start ? blank + 1 : best.start;
}

function cutBefore(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const blank = text.lastIndexOf(" ", end);
  return blank > end - EXCERPT_CHARACTERS_MAX / 2 ? blank : end;
}

/** On one line, without what Markdown draws titles, tables, emphasis and links with. */
export const withoutMarks = (markdown: string): string =>
  markdown
    // No further than a link goes: a text of brackets would be gone through once for each.
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,500}\)/g, "$1")
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+/gm, "")
    .replace(/^\|?[\s|:-]+\|?$/gm, " ")
    .replace(/\\([\\`*_{}[\]()#+.!|-])/g, "$1")
    .replace(/[*_`|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
