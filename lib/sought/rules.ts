import { folded, toLexeme, toLexemes, wordsOf } from "@/lib/documents/lexemes";
import { stemsBegunBy } from "@/lib/documents/stem";

/** What a word of a text is recognised by: one of the lexemes, or a beginning as it is written. */
export type SoughtWord = { lexemes: string[]; begun: string[]; written: string };
/** `words`: as they are written, folded, without elisions. */
export type SoughtPhrase = { words: string[]; lexemes: { lexeme: string; position: number }[] };
/** What is looked for in texts: all of the words and of the phrases, and none of what is excluded. */
export type Sought = { words: SoughtWord[]; phrases: SoughtPhrase[]; excluded: SoughtPhrase[] };

const PREFIX_MIN = 2;

/** `isTyping`: the last word may not be typed to its end. */
export function toSought(
  asked: { words: readonly string[]; phrases: readonly string[]; excluded: readonly string[] },
  { isTyping }: { isTyping: boolean },
): Sought {
  const typed = wordsOf(withoutElisions(asked.words.join(" ")));
  const words = new Map<string, SoughtWord>();
  for (const [index, written] of typed.entries()) {
    const lexeme = toLexeme(written);
    const isOpen = isTyping && index === typed.length - 1 && written.length >= PREFIX_MIN;
    // « note de »: the beginning of « demande », maybe, but most often not.
    if (isOpen && (lexeme !== null || typed.length === 1)) {
      const { begun, whole } = stemsBegunBy(written);
      words.set(`${written}…`, { lexemes: whole, begun, written });
    } else if (lexeme !== null) words.set(lexeme, { lexemes: [lexeme], begun: [], written });
  }
  return {
    words: [...words.values()],
    phrases: asked.phrases.map(toPhrase).filter(({ lexemes }) => lexemes.length > 0),
    excluded: asked.excluded.map(toPhrase).filter(({ lexemes }) => lexemes.length > 0),
  };
}

const toPhrase = (text: string): SoughtPhrase => ({
  words: wordsOf(withoutElisions(text)),
  lexemes: toLexemes(text),
});

/** « l’agent » says no more than « agent ». */
const withoutElisions = (text: string): string =>
  folded(text).replace(/(?<!\p{L})(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ](?=\p{L})/gu, " ");

export const isEmpty = ({ words, phrases }: Sought): boolean => words.length + phrases.length === 0;

/** In the syntax of PostgreSQL. Lexemes are made of letters and figures only. */
export function toTsquery({ words, phrases, excluded }: Sought): string | null {
  const must = [...words.map(toAny), ...phrases.map(inOrder)];
  if (must.length === 0) return null;
  return [...must, ...excluded.map((phrase) => `!${inOrder(phrase)}`)].join(" & ");
}

/** That of what is excluded alone. */
export const toExclusion = ({ excluded }: Sought): string | null =>
  excluded.length === 0 ? null : excluded.map((phrase) => `!${inOrder(phrase)}`).join(" & ");

/** The same, the beginnings left out: what is typed to its end. Null when all is, or nothing is. */
export function toWholeTsquery({ words, phrases, excluded }: Sought): string | null {
  const closed = words.filter(({ begun }) => begun.length === 0);
  return closed.length === words.length ? null : toTsquery({ words: closed, phrases, excluded });
}

/** The same, each beginning taken for a word. */
export const toClosedTsquery = ({ words, phrases, excluded }: Sought): string | null =>
  toTsquery({ words: words.map((word) => ({ ...word, begun: [] })), phrases, excluded });

const toAny = ({ lexemes, begun }: SoughtWord): string =>
  `(${[...lexemes.map((lexeme) => `'${lexeme}'`), ...begun.map((start) => `'${start}':*`)].join(" | ")})`;

const inOrder = ({ lexemes }: SoughtPhrase): string =>
  `(${lexemes
    .map(({ lexeme, position }, index) => {
      const before = lexemes[index - 1];
      return before ? ` <${position - before.position}> '${lexeme}'` : `'${lexeme}'`;
    })
    .join("")})`;

/** Which of the words and phrases a word of a text is, or may be part of, by its number; -1 for none. */
export function recognise({ words, phrases }: Sought): (written: string) => number {
  const known = new Map<string, number>();
  const find = (written: string): number => {
    const word = folded(written);
    const lexeme = toLexeme(word);
    const isIt = (each: SoughtWord) =>
      (lexeme !== null && each.lexemes.includes(lexeme)) || (each.begun.length > 0 && word.startsWith(each.written));
    const which = words.findIndex(isIt);
    if (which >= 0) return which;
    const phrase = lexeme === null ? -1 : phrases.findIndex((each) => each.words.includes(word));
    return phrase < 0 ? -1 : words.length + phrase;
  };
  return (written) => {
    const found = known.get(written) ?? find(written);
    known.set(written, found);
    return found;
  };
}

/** Whether a text holds each phrase as it is written. */
export function holdsPhrases(text: string, { phrases }: Sought): boolean {
  if (phrases.length === 0) return true;
  const plain = ` ${wordsOf(withoutElisions(text)).join(" ")} `;
  return phrases.every(({ words }) => plain.includes(` ${words.join(" ")} `));
}
