/*
 * A light stemmer of French, after Jacques Savoy's (« Light stemming approaches for the French, Portuguese, German and Hungarian
 * languages », 2006), for words whose accents are already folded: « délivrée », « délivrés » and « delivrer » become one.
 */

type Ending = { ending: string; longerThan: number; instead: string };

const rule = (ending: string, longerThan: number, instead: string): Ending => ({ ending, longerThan, instead });

/** The first that applies is the only one. */
const ENDINGS: readonly Ending[] = [
  rule("issement", 9, "ir"),
  rule("issant", 8, "ir"),
  rule("ivement", 8, "if"),
  rule("ement", 6, "e"),
  rule("ficatrice", 11, "fier"),
  rule("ficateur", 10, "fier"),
  rule("catrice", 9, "quer"),
  rule("cateur", 8, "quer"),
  rule("atrice", 8, "er"),
  rule("ateur", 7, "er"),
  rule("trice", 6, "ter"),
  rule("teuse", 7, "ter"),
  rule("teur", 6, "ter"),
  rule("ieme", 5, ""),
  rule("euse", 5, "eu"),
  rule("ive", 7, "if"),
  rule("nnelle", 9, "n"),
  rule("nnel", 9, "n"),
  rule("ique", 8, ""),
  rule("esse", 8, "e"),
  rule("inage", 7, "in"),
  rule("isation", 9, ""),
  rule("isateur", 9, ""),
  rule("ation", 8, ""),
  rule("ition", 8, ""),
];

const SHORT = 4;

/** The stem of a word in lower case without accents. What holds a digit is left as it is. */
export function stemOf(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  const singular = toSingular(word);
  const found = ENDINGS.find(({ ending, longerThan }) => singular.length > longerThan && singular.endsWith(ending));
  return toRoot(found ? singular.slice(0, -found.ending.length) + found.instead : singular);
}

/** Endings of ordinary words that the stem does without. */
const INFLECTIONS = ["e", "es", "er", "aux"];

/**
 * The stems of the words that begin so: those that begin with one of `begun` (and a few more: letters are not doubled in stems), and
 * those that are one of `whole`, an ending being typed that the stem does without: « organisat » is that of « organisation ».
 */
export function stemsBegunBy(beginning: string): { begun: string[]; whole: string[] } {
  const completed = [...INFLECTIONS, ...ENDINGS.map(({ ending }) => ending)].flatMap((ending) =>
    Array.from({ length: ending.length }, (_, typed) => typed + 1)
      .filter((typed) => beginning.length - typed >= 2 && beginning.endsWith(ending.slice(0, typed)))
      .map((typed) => stemOf(beginning + ending.slice(typed))),
  );
  return {
    begun: [...new Set([beginning, beginning.replace(/(\p{L})\1+/gu, "$1")])],
    whole: [...new Set([stemOf(beginning), ...completed])],
  };
}

function toSingular(word: string): string {
  if (word.length > 5 && /[^e]aux$/.test(word)) return `${word.slice(0, -2)}l`;
  return word.replace(/[xs]$/, "");
}

/** Without doubled letters, nor the endings of the infinitive, of the feminine and of the participle. */
function toRoot(word: string): string {
  let root = word.length > SHORT ? word.replace(/(\p{L})\1+/gu, "$1") : word;
  if (root.length > SHORT && root.endsWith("ie")) root = root.slice(0, -2);
  while (root.length > SHORT && /e$|[aeiou]r$/.test(root)) root = root.slice(0, -1);
  return root;
}
