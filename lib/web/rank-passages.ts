import { eachLexemeOf, type Passage, toPassages } from "../documents/passages.ts";
import { type Place, rank, type Term, toTerms, withSimilar } from "../documents/ranking.ts";
import { estimateTokens } from "../providers/llm.tokens.ts";
import type { WebPage } from "./schema.ts";

/** What is given to a model of a page. */
export type ChosenPassage = {
  /** Of its page, among those that were given. */
  pageIndex: number;
  /** The title under which it begins; null when there is none. */
  heading: string | null;
  text: string;
  /** Where it begins in the text of its page, in UTF-16 units. */
  start: number;
};

/** No text has more: what is longer need not be counted. */
const CHARACTERS_PER_TOKEN_MAX = 7;

/** Of all pages together: they are read while everybody else waits. */
const READ_CHARACTERS_MAX = 400_000;

export type PassageLimits = { pagesMax: number; tokensMax: number };

type Weighed = ChosenPassage & { words: number; places: Map<string, Place[]> };

/**
 * The passages of pages that answer a question best, as those of documents are ranked: the best of each page first, then the others
 * while there is room, then what follows in each page. In the order of the pages, then of their text. Of what several pages repeat,
 * only the first is kept. Beyond 400,000 characters in all, the end of the longest pages is left out.
 */
export function rankWebPassages(
  pages: readonly { page: Pick<WebPage, "text"> }[],
  question: string,
  { pagesMax, tokensMax }: PassageLimits,
): ChosenPassage[] {
  const texts = readable(pages.slice(0, pagesMax).map(({ page }) => page.text));
  const passages = texts.flatMap((text, pageIndex) => passagesOf(text, pageIndex));
  const ranked = ranking(passages, toTerms(question));
  const chosen = new Set<Weighed>();
  const taken = new Set<string>();
  let tokens = 0;
  const choose = (passage: Weighed) => {
    const isTooLong = passage.text.length / CHARACTERS_PER_TOKEN_MAX > tokensMax - tokens;
    if (isTooLong || chosen.has(passage) || taken.has(passage.text)) return;
    const more = estimateTokens(`${passage.heading ?? ""} ${passage.text}`);
    if (tokens + more > tokensMax) return;
    chosen.add(passage);
    taken.add(passage.text);
    tokens += more;
  };
  const inTurn = byTurns(passages);
  for (const best of bestOfEach(ranked, inTurn)) choose(best);
  for (const passage of ranked) choose(passage);
  for (const passage of inTurn) choose(passage);
  return passages
    .filter((passage) => chosen.has(passage))
    .map(({ pageIndex, heading, text, start }) => ({ pageIndex, heading, text, start }));
}

/** The same share for each, and what shorter ones leave of theirs for the longer. */
function readable(texts: readonly string[]): string[] {
  let left = READ_CHARACTERS_MAX;
  let share = Number.POSITIVE_INFINITY;
  for (const [index, { length }] of texts.toSorted((a, b) => a.length - b.length).entries()) {
    share = Math.floor(left / (texts.length - index));
    if (length > share) break;
    left -= length;
    share = Number.POSITIVE_INFINITY;
  }
  return texts.map((text) => (text.length > share ? text.slice(0, share).toWellFormed() : text));
}

function passagesOf(text: string, pageIndex: number): Weighed[] {
  let after = 0;
  return toPassages([{ number: 0, label: null, text }]).map((passage) => {
    const start = placeIn(text, passage, after);
    after = start;
    return { pageIndex, heading: passage.heading, text: passage.text, start, words: 0, places: new Map() };
  });
}

/** The header of a table that is cut is repeated: what is looked for is its first row. */
function placeIn(text: string, passage: Passage, after: number): number {
  const lines = passage.text.split("\n", 3);
  const isTable = lines[0]?.startsWith("|") === true && /^\|[\s|:-]+$/.test(lines[1] ?? "");
  const whole = text.indexOf(lines.join("\n"), after);
  if (whole >= 0) return whole;
  const opening = (isTable ? lines[2] : lines[0]) ?? "";
  const found = text.indexOf(opening, after);
  return found >= 0 ? found : after;
}

function ranking(passages: readonly Weighed[], asked: readonly Term[]): Weighed[] {
  let terms = asked;
  let holding = findPlaces(passages, terms);
  const isMissing = ({ lexemes }: Term) => lexemes.every((lexeme) => !holding.has(lexeme));
  if (terms.some(isMissing)) {
    const lexicon = new Set<string>();
    for (const passage of passages) eachLexemeOf(passage, (lexeme) => lexicon.add(lexeme));
    terms = withSimilar(terms, isMissing, [...lexicon]);
    holding = findPlaces(passages, terms);
  }
  const candidates = passages.filter(({ places }) => places.size > 0);
  const words = passages.reduce((sum, passage) => sum + passage.words, 0);
  const counts = { passages: passages.length, wordsMean: words / Math.max(1, passages.length), holding };
  return rank(candidates, terms, counts, candidates.length);
}

/** Notes in each passage how many words it has and where the terms are, and gives how many passages hold each lexeme of theirs. */
function findPlaces(passages: readonly Weighed[], terms: readonly Term[]): Map<string, number> {
  const wanted = new Set(terms.flatMap(({ lexemes }) => lexemes));
  const holding = new Map<string, number>();
  for (const passage of passages) {
    const places = new Map<string, Place[]>();
    let words = 0;
    eachLexemeOf(passage, (lexeme, position, isTitle) => {
      words += 1;
      if (!wanted.has(lexeme)) return;
      const known = places.get(lexeme);
      if (known) known.push({ position, isTitle });
      else places.set(lexeme, [{ position, isTitle }]);
    });
    Object.assign(passage, { words, places });
    for (const lexeme of places.keys()) holding.set(lexeme, (holding.get(lexeme) ?? 0) + 1);
  }
  return holding;
}

/** The beginning of a page stands for one that holds nothing of what is asked. */
function bestOfEach(ranked: readonly Weighed[], inTurn: readonly Weighed[]): Weighed[] {
  const best = new Map<number, Weighed>();
  for (const passage of [...ranked, ...inTurn]) if (!best.has(passage.pageIndex)) best.set(passage.pageIndex, passage);
  return [...best.values()];
}

/** The first of each page, then the second of each. */
function byTurns(passages: readonly Weighed[]): Weighed[] {
  const turns = new Map<number, Weighed[]>();
  const met = new Map<number, number>();
  for (const passage of passages) {
    const turn = met.get(passage.pageIndex) ?? 0;
    met.set(passage.pageIndex, turn + 1);
    const held = turns.get(turn);
    if (held) held.push(passage);
    else turns.set(turn, [passage]);
  }
  return [...turns.values()].flat();
}
