/** A place in a text, in UTF-16 units; `end` is excluded. */
export type Place = { start: number; end: number };

/** Shorter ones are words one points at («\u00a0usager\u00a0»), not passages one repeats. */
const WORDS_MIN = 3;
const QUOTED = /«\s*([^«»]{2,4000}?)\s*»|“\s*([^“”]{2,4000}?)\s*”/gu;
const OMISSION = /\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3}/u;

/** What a text puts between quotation marks and that is long enough to come from somewhere. */
export const quotationsIn = (text: string): string[] =>
  [...text.matchAll(QUOTED)]
    .map(([, french, english]) => french ?? english ?? "")
    .filter((quotation) => wordsOf(quotation).length >= WORDS_MIN);

/**
 * Where `quotation` is in `text`; null when it is not there. Only letters and digits are compared, without case nor accents:
 * neither typography, nor Markdown, nor line ends make a quotation false. What it leaves out («\u00a0[…]\u00a0») may be anything.
 */
export function findQuotation(text: string, quotation: string): Place | null {
  const segments = quotation
    .split(OMISSION)
    .map(lettersOf)
    .filter((segment) => segment !== "");
  if (segments.length === 0) return null;
  const { letters, places } = lettersAndPlaces(text);
  let from = 0;
  let first = -1;
  for (const segment of segments) {
    const found = findWords(letters, segment, from);
    if (found < 0) return null;
    if (first < 0) first = found;
    from = found + segment.length;
  }
  return { start: places[first] ?? 0, end: (places[from - 1] ?? text.length - 1) + 1 };
}

/** Only whole words: «\u00a0il est tenu\u00a0» is not in «\u00a0il est tenue\u00a0». */
const findWords = (letters: string, segment: string, from: number): number =>
  ` ${letters} `.indexOf(` ${segment} `, from);

const lettersOf = (text: string): string => lettersAndPlaces(text).letters;

const wordsOf = (text: string): string[] => lettersOf(text).split(" ").filter(Boolean);

/** The letters and digits of a text, in words separated by one space, and where each is in it. */
function lettersAndPlaces(text: string): { letters: string; places: number[] } {
  let letters = "";
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = character === "\u00ad" ? "" : plainOf(character);
    if (plain === " ") {
      if (letters !== "" && !letters.endsWith(" ")) {
        letters += " ";
        places.push(place);
      }
    } else {
      for (let index = 0; index < plain.length; index += 1) places.push(place + character.length - 1);
      letters += plain;
    }
    place += character.length;
  }
  return letters.endsWith(" ") ? { letters: letters.slice(0, -1), places } : { letters, places };
}

const known = new Map<string, string>();
const KNOWN_MAX = 5_000;

/** A character as it is compared: in lower case, without accents; a space when it is neither letter nor digit. */
function plainOf(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const plain = character
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae");
  const kept = /^\p{M}+$/u.test(character) ? "" : plain.replace(/[^\p{L}\p{N}]/gu, "") || " ";
  if (known.size < KNOWN_MAX) known.set(character, kept);
  return kept;
}

/** Paragraphs longer than this are compared sentence by sentence. */
const PARAGRAPH_CHARACTERS_MAX = 600;

/** The paragraph of `text` that holds the most of what `claim` says; null when none holds anything of it. */
export function findParagraph(text: string, claim: string): Place | null {
  const asked = new Set(wordsOf(claim).filter((word) => word.length > 3 || /\d/.test(word)));
  let best: Place | null = null;
  let most = 0;
  for (const place of paragraphsOf(text)) {
    const said = new Set(wordsOf(text.slice(place.start, place.end)));
    const common = [...asked].filter((word) => said.has(word)).length;
    // As much in fewer words is closer.
    const score = common === 0 ? 0 : common + 1 / (1 + said.size);
    if (score > most) {
      most = score;
      best = place;
    }
  }
  return best;
}

function* paragraphsOf(text: string): Generator<Place> {
  for (const { 0: paragraph, index } of text.matchAll(/\S[\s\S]*?(?=\n\s*\n|\n\||\s*$)/g)) {
    if (paragraph.length <= PARAGRAPH_CHARACTERS_MAX) yield { start: index, end: index + paragraph.length };
    else
      for (const sentence of paragraph.matchAll(/\S[\s\S]*?(?:[.!?…](?=\s)|\s*$)/g))
        yield { start: index + sentence.index, end: index + sentence.index + sentence[0].length };
  }
}
