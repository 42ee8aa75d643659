import "server-only";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { filePages, passages } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { sendToEmbed } from "@/lib/documents/embed-file";
import {
  type Candidate,
  coverageOf,
  type PassageCounts,
  placesIn,
  rank,
  type Term,
  toTerms,
  withSimilar,
} from "@/lib/documents/ranking";
import type { Page } from "@/lib/extraction/extraction";
import type { ReadPage } from "@/lib/pages/queries";
import { embed, embeddingModelId } from "@/lib/providers/embedding";
import { reportFailure } from "@/lib/telemetry/report";
import type { PassageKey } from "./mutations";
import { fused, nearness, toBytes } from "./rules";

/** A passage that answers a query, and the page it is on, whose whole text is `pageText`. */
export type FoundPassage = ReadPage & { fileId: string; heading: string | null; pageText: string };

/** What is compared in full; beyond, only those that hold the most of what is asked. */
const CANDIDATES_MAX = 5_000;

/** How many of each ranking are merged. */
const MERGED_MAX = 50;
/** A query whose vector takes longer is searched by its words alone. */
const QUERY_VECTOR_MS = 3_000;

/**
 * The passages of these files that answer a query best, the best first: by its words and, when a model makes vectors, by what it
 * means. Words that are nowhere are looked for as they may have been meant.
 */
export async function searchPassages(
  actor: Actor,
  fileIds: readonly string[],
  query: string,
  limit: number,
): Promise<FoundPassage[]> {
  if (fileIds.length === 0 || query.trim() === "") return [];
  const [byWords, byMeaning] = await Promise.all([
    listByWords(actor, fileIds, query),
    listByMeaning(actor, fileIds, query),
  ]);
  return readPassages(actor, fusedPassages(byWords, byMeaning).slice(0, limit));
}

/** The share of what is asked that a passage holds at least, and how near in meaning another is, to have to do with it. */
const COVERAGE_MIN = 0.2;
const NEARNESS_MIN = 0.5;

/**
 * As `searchPassages`, but only those that have to do with the query: nothing, rather than what is the least far from it. Made
 * before each answer, it is quick where there is much to search: by words alone then, the rarest of them, slips of the finger included.
 */
export async function findRelevantPassages(
  actor: Actor,
  fileIds: readonly string[],
  query: string,
  limit: number,
): Promise<FoundPassage[]> {
  if (fileIds.length === 0 || query.trim() === "") return [];
  const [byWords, byMeaning] = await Promise.all([
    listByWords(actor, fileIds, query, { isStrict: true }),
    listByMeaning(actor, fileIds, query, { comparedMax: CANDIDATES_MAX }),
  ]);
  const near = byMeaning.filter(({ nearness }) => nearness >= NEARNESS_MIN);
  return readPassages(actor, fusedPassages(byWords, near).slice(0, limit));
}

const fusedPassages = (...rankings: PassageKey[][]): PassageKey[] =>
  fused(rankings, ({ fileId, page, position }) => `${fileId} ${page} ${position}`);

const searchedBy = (actor: Actor, fileIds: readonly string[]) =>
  and(eq(passages.ownerId, actor.agentId), inArray(passages.fileId, [...fileIds]));

async function listByWords(
  actor: Actor,
  fileIds: readonly string[],
  query: string,
  { isStrict = false } = {},
): Promise<PassageKey[]> {
  const asked = toTerms(query);
  if (asked.length === 0) return [];
  const searched = searchedBy(actor, fileIds);
  return asMember(actor.agentId, async (tx) => {
    const all = await countPassages(tx, searched);
    if (all.passages === 0) return [];
    if (isStrict && all.passages > CANDIDATES_MAX) return listLikeliest(tx, searched, asked, all);
    let terms = asked;
    let { candidates, holding } = await listCandidates(tx, searched, terms, all.passages);
    const isMissing = ({ lexemes }: Term) => lexemes.every((lexeme) => !holding.has(lexeme));
    if (terms.some(isMissing)) {
      terms = withSimilar(terms, isMissing, await listLexemes(tx, actor, fileIds));
      ({ candidates, holding } = await listCandidates(tx, searched, terms, all.passages));
    }
    const counts = { ...all, holding };
    return rank(isStrict ? relevant(candidates, terms, counts) : candidates, terms, counts, MERGED_MAX);
  });
}

async function countPassages(tx: Transaction, searched: SQL | undefined) {
  const [all] = await tx
    .select({
      passages: sql<number>`count(*)::int`,
      wordsMean: sql<number>`coalesce(avg(${passages.words}), 0)::float8`,
    })
    .from(passages)
    .where(searched);
  return all ?? { passages: 0, wordsMean: 0 };
}

const relevant = <T extends Candidate>(candidates: readonly T[], terms: readonly Term[], counts: PassageCounts): T[] =>
  candidates.filter((candidate) => coverageOf(candidate, terms, counts) >= COVERAGE_MIN);

/** One page in so many tells how rare a word is. */
const SAMPLED = 20;
/** Passages are looked for by their rarest words; one that is in more of them than this share tells nothing. */
const TELLING_MAX = 6;
const TELLING_SHARE = 0.3;
const LIKELIEST_MAX = 400;

/** Those that have to do with the terms, among many: how rare a word is is estimated, and only the rarest are looked for. */
async function listLikeliest(
  tx: Transaction,
  searched: SQL | undefined,
  terms: readonly Term[],
  all: { passages: number; wordsMean: number },
): Promise<PassageKey[]> {
  const lexemes = terms.flatMap((term) => term.lexemes);
  const isHeld = (lexeme: string) => sql`count(*) filter (where ${passages.lexemes} @@ ${`'${lexeme}'`}::tsquery)`;
  const [sample] = await tx
    .select({
      total: sql<number>`count(*)::int`,
      held: sql<number[]>`array[${sql.join(lexemes.map(isHeld), sql`, `)}]::int[]`,
    })
    .from(passages)
    .where(and(searched, sql`${passages.page} % ${SAMPLED}::int = 1`));
  const times = all.passages / Math.max(1, sample?.total ?? 0);
  const estimated = new Map(lexemes.map((lexeme, index) => [lexeme, (sample?.held[index] ?? 0) * times]));
  const telling = lexemes
    .filter((lexeme) => (estimated.get(lexeme) ?? 0) <= all.passages * TELLING_SHARE)
    .sort((one, other) => (estimated.get(one) ?? 0) - (estimated.get(other) ?? 0))
    .slice(0, TELLING_MAX);
  if (telling.length === 0) return [];
  const found = await listCandidates(tx, searched, terms, all.passages, { telling, limit: LIKELIEST_MAX });
  const holding = new Map(
    lexemes.map((lexeme) => [lexeme, Math.max(estimated.get(lexeme) ?? 0, found.holding.get(lexeme) ?? 0)]),
  );
  const counts = { ...all, holding };
  return rank(relevant(found.candidates, terms, counts), terms, counts, MERGED_MAX);
}

/** Nothing when no model makes vectors, it does not answer, or there is more to compare: words are enough to go on. */
async function listByMeaning(
  actor: Actor,
  fileIds: readonly string[],
  query: string,
  { comparedMax = Number.POSITIVE_INFINITY } = {},
): Promise<(PassageKey & { nearness: number })[]> {
  const modelId = embeddingModelId();
  if (!modelId) return [];
  const asked = await findQueryVector(query);
  if (!asked) return [];
  const kept = await asMember(actor.agentId, (tx) => {
    const all = tx
      .select({
        fileId: passages.fileId,
        page: passages.page,
        position: passages.position,
        vector: passages.embedding,
        modelId: passages.embeddingModelId,
      })
      .from(passages)
      .where(searchedBy(actor, fileIds));
    return Number.isFinite(comparedMax) ? all.limit(comparedMax + 1) : all;
  });
  if (kept.length > comparedMax) return [];
  const isWithout = (passage: (typeof kept)[number]) => passage.modelId !== modelId;
  // Files that were read before there was a model, or while it did not answer.
  const unknown = new Set(kept.filter(isWithout).map(({ fileId }) => fileId));
  for (const fileId of unknown) await sendToEmbed({ ownerId: actor.agentId, fileId });
  return kept
    .filter((passage) => !isWithout(passage))
    .map(({ vector, ...key }) => ({ ...key, nearness: vector ? nearness(asked, vector) : 0 }))
    .sort((a, b) => b.nearness - a.nearness)
    .slice(0, MERGED_MAX);
}

async function findQueryVector(query: string): Promise<Int8Array | null> {
  try {
    const [vector] = await embed([query], { signal: new AbortController().signal, withinMs: QUERY_VECTOR_MS });
    return vector ? toBytes(vector) : null;
  } catch (error) {
    reportFailure(error, { operation: "passages.embed-query" });
    return null;
  }
}

/** In the same order; those that are gone meanwhile are left out. */
async function readPassages(actor: Actor, keys: readonly PassageKey[]): Promise<FoundPassage[]> {
  if (keys.length === 0) return [];
  const texts = await asMember(actor.agentId, (tx) =>
    Promise.all(
      keys.map(({ fileId, page, position }) =>
        tx
          .select({
            heading: passages.heading,
            text: passages.text,
            pageText: filePages.text,
            kind: sql<Page["kind"]>`${filePages.kind}`,
            label: filePages.label,
            isRecognised: filePages.isRecognised,
          })
          .from(passages)
          .innerJoin(filePages, and(eq(filePages.fileId, passages.fileId), eq(filePages.number, passages.page)))
          .where(
            and(
              eq(passages.ownerId, actor.agentId),
              eq(passages.fileId, fileId),
              eq(passages.page, page),
              eq(passages.position, position),
            ),
          ),
      ),
    ),
  );
  return keys.flatMap(({ fileId, page }, index) => {
    const [written] = texts[index] ?? [];
    return written ? [{ fileId, number: page, ...written }] : [];
  });
}

/** The passages that hold a lexeme of the terms, or of those that are `telling`, and how many hold each. */
async function listCandidates(
  tx: Transaction,
  searched: SQL | undefined,
  terms: readonly Term[],
  passagesTotal: number,
  { telling, limit = CANDIDATES_MAX }: { telling?: readonly string[]; limit?: number } = {},
) {
  const lexemes = terms.flatMap((term) => term.lexemes);
  const isTooMany = passagesTotal > CANDIDATES_MAX;
  const any = sql`${(telling ?? lexemes).map((lexeme) => `'${lexeme}'`).join(" | ")}::tsquery`;
  const found = await tx
    .select({
      fileId: passages.fileId,
      page: passages.page,
      position: passages.position,
      words: passages.words,
      vector: sql<string>`${passages.lexemes}::text`,
    })
    .from(passages)
    .where(and(searched, sql`${passages.lexemes} @@ ${any}`))
    .orderBy(...(isTooMany ? [sql`ts_rank(${passages.lexemes}, ${any}) desc`] : []))
    .limit(limit);
  const candidates = found.map(({ vector, ...passage }) => ({ ...passage, places: placesIn(vector, lexemes) }));
  const holding = new Map<string, number>();
  for (const { places } of candidates)
    for (const lexeme of places.keys()) holding.set(lexeme, (holding.get(lexeme) ?? 0) + 1);
  return { candidates, holding };
}

/** Each word of these files, once. */
async function listLexemes(tx: Transaction, actor: Actor, fileIds: readonly string[]): Promise<string[]> {
  const ids = sql`array[${sql.join(
    fileIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  )}]`;
  const stored = sql`format('select lexemes from passages where owner_id = %L and file_id = any (%L)', ${actor.agentId}::uuid, ${ids})`;
  const words = tx
    .select({ word: sql<string>`word`.as("word") })
    .from(sql`ts_stat(${stored})`)
    .as("words");
  return (await tx.select().from(words)).map(({ word }) => word);
}
