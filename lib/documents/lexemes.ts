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
  const plain = folded(text)
    // R.S.A. is one word, and so is 1 200.
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu, (sigle) => sigle.replaceAll(".", ""))
    .replace(/(?<=(?<!\d)\d{1,3}(?: \d{3})*) (?=\d{3}(?!\d))/g, "");
  const lexemes: Lexeme[] = [];
  let position = 0;
  for (const [word] of plain.matchAll(/\p{N}+|\p{L}+/gu)) {
    position += 1;
    if (EMPTY.has(word) || (word.length === 1 && !/\p{N}/u.test(word))) continue;
    lexemes.push({ lexeme: stemOf(word.slice(0, LEXEME_CHARACTERS_MAX)), position });
  }
  return lexemes;
}
