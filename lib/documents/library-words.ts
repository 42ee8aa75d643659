import type { ExcerptPart } from "@/lib/library/schema";
import { toSnippet } from "@/lib/snippets/rules";
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

/** The part of a passage where the most of the words are near each other, those words marked. */
export function toExcerpt(passage: string, words: readonly Word[]): ExcerptPart[] {
  const { pieces } = toSnippet(passage, (written) => {
    const lexeme = toLexemes(written)[0]?.lexeme;
    return lexeme === undefined ? -1 : words.findIndex((word) => holds(lexeme, word));
  });
  return pieces.map(({ text, isMatch }) => ({ text, isMarked: isMatch }));
}
