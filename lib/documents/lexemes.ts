import { stemOf } from "./stem.ts";

/** A word as it is searched, and where it is in its text: words are counted from 1, those that say nothing included. */
export type Lexeme = { lexeme: string; position: number };

/** Words that are in every text, and those that only make a question of it. Without accents. */
const EMPTY = new Set(
  `a ai ainsi apres as au aucun aucune aussi autre autres aux avait avant avec avoir ayant car ce ceci cela celle celles celui
  ces cet cette ceux chaque chez ci comme comment combien contre d dans de depuis des dit doit doivent donc dont du elle elles en
  encore entre es est et etaient etait etant etc ete etes etre eu eux fait font furent fut h il ils j je jusque jusqu l la laquelle
  le lequel les lesquelles lesquels leur leurs lors lorsque lorsqu lui m ma mais me meme memes mes moi mon n ne ni nos notre nous on
  ont or ou par parce pas pendant peut peuvent plus pour pourquoi puis puisque qu quand que quel quelle quelles quels qui quoi quoique
  s sa sans se selon sera serait seront ses si sinon soi soit son sont sous suis sur t ta te tel telle telles tels tes toi ton tous
  tout toute toutes tres tu un une unes uns vers voici voila vos votre vous y`.split(/\s+/),
);
const LEXEME_CHARACTERS_MAX = 60;

/** In lower case, without accents, « œ » undone. */
export const folded = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae");

/**
 * The words of a text, folded and stemmed: « L’article L. 3133-1 » gives « articl », « 3133 » and « 1 ». What is stored depends on
 * it: a change means that documents are to be read again.
 */
export function toLexemes(text: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  eachLexeme(text, (lexeme, position) => lexemes.push({ lexeme, position }));
  return lexemes;
}

type Visit = (lexeme: string, position: number) => void;

/** The same, told one after the other. */
export function eachLexeme(text: string, visit: Visit): void {
  if (isOrdinary(text)) eachOrdinaryLexeme(text, visit);
  else eachAnyLexeme(text, visit);
}

function eachAnyLexeme(text: string, visit: Visit): void {
  for (const [index, word] of wordsOf(text).entries()) {
    const lexeme = toLexeme(word);
    if (lexeme !== null) visit(lexeme, index + 1);
  }
}

/** All the words of a text, folded, those that say nothing included. */
export function wordsOf(text: string): string[] {
  const plain = folded(text)
    // R.S.A. is one word, and so is 1 200.
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu, (sigle) => sigle.replaceAll(".", ""))
    .replace(/(?<=(?<!\d)\d{1,3}(?: \d{3})*) (?=\d{3}(?!\d))/g, "");
  return plain.match(/\p{N}+|\p{L}+/gu) ?? [];
}

/** What a folded word is searched by; null when it says nothing. */
export function toLexeme(word: string): string | null {
  if (EMPTY.has(word) || (word.length === 1 && !/\p{N}/u.test(word))) return null;
  return stemOf(word.slice(0, LEXEME_CHARACTERS_MAX));
}

/** The letters of French and its signs, without a sigle or a number in several parts. */
const isOrdinary = (text: string): boolean =>
  /^[\0-\x7f«»°§\u00a0À-ÖØ-öø-ýÿŒœ’‘“”–—•€]*$/.test(text) &&
  !/[A-Za-zÀ-ÿŒœ]\.[A-Za-zÀ-ÿŒœ]\./.test(text) &&
  !/\d[ \u00a0]\d{3}/.test(text);

const [OTHER, LETTER, DIGIT] = [0, 1, 2];
const KINDS = Uint8Array.from({ length: 0x180 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return DIGIT;
  return /[A-Za-zÀ-ÖØ-öø-ýÿŒœ]/.test(character) ? LETTER : OTHER;
});
const kindAt = (text: string, at: number): number => KINDS[text.charCodeAt(at)] ?? OTHER;

/** Ten times as fast. */
function eachOrdinaryLexeme(text: string, visit: Visit): void {
  let position = 0;
  for (let at = 0; at < text.length; ) {
    const kind = kindAt(text, at);
    let end = at + 1;
    if (kind !== OTHER) {
      while (kindAt(text, end) === kind) end += 1;
      position += 1;
      const lexeme = lexemeOf(text.slice(at, end));
      if (lexeme !== null) visit(lexeme, position);
    }
    at = end;
  }
}

/** French is made of the same words: each is folded and stemmed once. */
const known = new Map<string, string | null>();
const KNOWN_MAX = 50_000;
const KNOWN_CHARACTERS_MAX = 40;

function lexemeOf(word: string): string | null {
  const found = known.get(word);
  if (found !== undefined) return found;
  const lexeme = toLexeme(folded(word));
  if (known.size >= KNOWN_MAX) known.clear();
  if (word.length <= KNOWN_CHARACTERS_MAX) known.set(word, lexeme);
  return lexeme;
}
