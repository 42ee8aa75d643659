import { toLexemes } from "./lexemes.ts";

/** Where a lexeme is in a passage; `isTitle` in a heading. */
export type Place = { position: number; isTitle: boolean };

/** What is looked for: one lexeme, or those nearest to a word that is nowhere. */
export type Term = { lexemes: string[]; weight: number };

/** A passage that holds a lexeme that is looked for: how many lexemes it is made of, and where those looked for are. */
export type Candidate = { words: number; places: ReadonlyMap<string, readonly Place[]> };

/** All the passages that are searched, counted. */
export type PassageCounts = { passages: number; wordsMean: number; holding: ReadonlyMap<string, number> };

/** How fast the repetition of a word ceases to count, and how much a long passage must hold more (Robertson, 1994). */
const K1 = 1.2;
const B = 0.75;
/** A word in a heading is worth so many in the text. */
const TITLE_TIMES = 2;
/** Two words asked next to each other, found next to each other: share of the rarer one's weight. */
const NEAR_SHARE = 0.8;
const NEAR_WORDS_MAX = 8;
const TERMS_MAX = 24;
/** What answers a question of several words holds so many of them at least. */
const HELD_MIN = 2;
/** In a few passages no word is rare: they are then taken for a part of so many. */
const AMONG_MIN = 1_000;

/** The words of a query, each once, in its order. */
export function toTerms(query: string): Term[] {
  const lexemes = new Set(toLexemes(query).map(({ lexeme }) => lexeme));
  return [...lexemes].slice(0, TERMS_MAX).map((lexeme) => ({ lexemes: [lexeme], weight: 1 }));
}

/** How rare a lexeme is. */
function rarityOf({ lexemes, weight }: Term, { passages, holding }: PassageCounts): number {
  const held = Math.max(0, ...lexemes.map((lexeme) => holding.get(lexeme) ?? 0));
  return weight * Math.log(1 + (passages - held + 0.5) / (held + 0.5));
}

/** BM25 alone: what the ranking is compared with. */
export function bm25({ words, places }: Candidate, terms: readonly Term[], counts: PassageCounts): number {
  return terms.reduce((sum, term) => {
    const times = placesOf(term, places).length;
    return sum + rarityOf(term, counts) * saturated(times, words, counts.wordsMean);
  }, 0);
}

const saturated = (times: number, words: number, wordsMean: number): number =>
  (times * (K1 + 1)) / (times + K1 * (1 - B + (B * words) / Math.max(1, wordsMean)));

const placesOf = ({ lexemes }: Term, places: Candidate["places"]): readonly Place[] =>
  lexemes.length === 1
    ? (places.get(lexemes[0] ?? "") ?? [])
    : lexemes.flatMap((lexeme) => places.get(lexeme) ?? []).sort((a, b) => a.position - b.position);

/**
 * How well a passage answers: BM25, in which words of headings count more, and what was asked together and is found together adds
 * to it.
 */
function scoreOf(candidate: Candidate, terms: readonly Term[], counts: PassageCounts): number {
  const found = terms.map((term) => ({ rarity: rarityOf(term, counts), places: placesOf(term, candidate.places) }));
  let score = 0;
  for (const { rarity, places } of found) {
    const times = places.reduce((sum, { isTitle }) => sum + (isTitle ? TITLE_TIMES : 1), 0);
    score += rarity * saturated(times, candidate.words, counts.wordsMean);
  }
  for (const [index, one] of found.entries()) {
    const next = found[index + 1];
    if (!next) continue;
    const distance = distanceBetween(one.places, next.places);
    if (distance <= NEAR_WORDS_MAX) score += (NEAR_SHARE * Math.min(one.rarity, next.rarity)) / Math.sqrt(distance);
  }
  return score;
}

/** In words; both lists are in order. */
function distanceBetween(some: readonly Place[], others: readonly Place[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let a = 0, b = 0; ; ) {
    const [one, other] = [some[a], others[b]];
    if (!one || !other) return nearest;
    nearest = Math.min(nearest, Math.max(1, Math.abs(one.position - other.position)));
    if (one.position < other.position) a += 1;
    else b += 1;
  }
}

/** How much of what is asked a candidate holds, the rarer words counting more: from 0 to 1. Of few words, one is not enough. */
export function coverageOf({ places }: Candidate, terms: readonly Term[], counts: PassageCounts): number {
  const held = terms.filter((term) => placesOf(term, places).length > 0);
  if (held.length < Math.min(HELD_MIN, Math.ceil(terms.length / 2))) return 0;
  const among = { ...counts, passages: Math.max(counts.passages, AMONG_MIN) };
  const rarityOfAll = (some: readonly Term[]) => some.reduce((sum, term) => sum + rarityOf(term, among), 0);
  return rarityOfAll(held) / rarityOfAll(terms);
}

/** The best first, `limit` of them. */
export function rank<T extends Candidate>(
  candidates: readonly T[],
  terms: readonly Term[],
  counts: PassageCounts,
  limit: number,
): T[] {
  const scored = candidates.map((candidate) => ({ candidate, score: scoreOf(candidate, terms, counts) }));
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, limit).map(({ candidate }) => candidate);
}

const SIMILAR_MIN = 0.45;
const SIMILAR_MAX = 3;
const SIMILAR_WEIGHT = 0.7;

/** The terms, those that are missing replaced by the words of the lexicon that are written nearly alike: a slip of the finger. */
export function withSimilar(
  terms: readonly Term[],
  isMissing: (term: Term) => boolean,
  lexicon: readonly string[],
): Term[] {
  const wanted = terms
    .filter(isMissing)
    .map((term) => ({ term, trigrams: trigramsOf(term.lexemes[0] ?? ""), near: [] as Near[] }));
  for (const lexeme of lexicon) {
    const trigrams = trigramsOf(lexeme);
    for (const { trigrams: of, near } of wanted) {
      const likeness = likenessOf(of, trigrams);
      if (likeness >= SIMILAR_MIN) near.push({ lexeme, likeness });
    }
  }
  return terms.map((term) => {
    const near = wanted.find((each) => each.term === term)?.near ?? [];
    const nearest = near.toSorted((a, b) => b.likeness - a.likeness).slice(0, SIMILAR_MAX);
    return nearest.length === 0
      ? term
      : { lexemes: nearest.map(({ lexeme }) => lexeme), weight: term.weight * SIMILAR_WEIGHT };
  });
}

type Near = { lexeme: string; likeness: number };

/** As pg_trgm does: two blanks before, one after. A number is like no other. */
function trigramsOf(word: string): Set<string> {
  if (/\d/.test(word) || word.length < 3) return new Set();
  const padded = `  ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3)));
}

/** Dice's coefficient: forgives more than Jaccard's on short words. */
function likenessOf(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  if (some.size === 0 || others.size === 0) return 0;
  let shared = 0;
  for (const trigram of some) if (others.has(trigram)) shared += 1;
  return (2 * shared) / (some.size + others.size);
}

/** The places of some lexemes in a text vector of PostgreSQL: 'articl':2A,7 'delai':9. */
export function placesIn(vector: string, lexemes: readonly string[]): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const lexeme of lexemes) {
    const mark = `'${lexeme}':`;
    const at = vector.indexOf(mark);
    if (at < 0) continue;
    const start = at + mark.length;
    const end = vector.indexOf(" ", start);
    const written = vector.slice(start, end < 0 ? undefined : end).split(",");
    places.set(
      lexeme,
      written.map((place) => ({ position: Number.parseInt(place, 10), isTitle: place.endsWith("A") })),
    );
  }
  return places;
}
