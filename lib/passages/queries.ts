import "server-only";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { filePages, passages } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { sendToEmbed } from "@/lib/documents/embed-file";
import type { ReadPage } from "@/lib/documents/queries";
import { placesIn, rank, type Term, toTerms, withSimilar } from "@/lib/documents/ranking";
import type { Page } from "@/lib/extraction/extraction";
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
  const best = fused([byWords, byMeaning], ({ fileId, page, position }) => `${fileId} ${page} ${position}`);
  return readPassages(actor, best.slice(0, limit));
}

const searchedBy = (actor: Actor, fileIds: readonly string[]) =>
  and(eq(passages.ownerId, actor.agentId), inArray(passages.fileId, [...fileIds]));

async function listByWords(actor: Actor, fileIds: readonly string[], query: string): Promise<PassageKey[]> {
  const asked = toTerms(query);
  if (asked.length === 0) return [];
  const searched = searchedBy(actor, fileIds);
  return asMember(actor.agentId, async (tx) => {
    const [all] = await tx
      .select({
        passages: sql<number>`count(*)::int`,
        wordsMean: sql<number>`coalesce(avg(${passages.words}), 0)::float8`,
      })
      .from(passages)
      .where(searched);
    if (!all || all.passages === 0) return [];
    let terms = asked;
    let { candidates, holding } = await listCandidates(tx, searched, terms, all.passages);
    const isMissing = ({ lexemes }: Term) => lexemes.every((lexeme) => !holding.has(lexeme));
    if (terms.some(isMissing)) {
      terms = withSimilar(terms, isMissing, await listLexemes(tx, actor, fileIds));
      ({ candidates, holding } = await listCandidates(tx, searched, terms, all.passages));
    }
    return rank(candidates, terms, { ...all, holding }, MERGED_MAX);
  });
}

/** Nothing when no model makes vectors, or it does not answer: words are enough to go on. */
async function listByMeaning(actor: Actor, fileIds: readonly string[], query: string): Promise<PassageKey[]> {
  const modelId = embeddingModelId();
  if (!modelId) return [];
  const asked = await findQueryVector(query);
  if (!asked) return [];
  const kept = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        fileId: passages.fileId,
        page: passages.page,
        position: passages.position,
        vector: passages.embedding,
        modelId: passages.embeddingModelId,
      })
      .from(passages)
      .where(searchedBy(actor, fileIds)),
  );
  const isWithout = (passage: (typeof kept)[number]) => passage.modelId !== modelId;
  // Files that were read before there was a model, or while it did not answer.
  const unknown = new Set(kept.filter(isWithout).map(({ fileId }) => fileId));
  for (const fileId of unknown) await sendToEmbed({ ownerId: actor.agentId, fileId });
  return kept
    .filter((passage) => !isWithout(passage))
    .map(({ vector, ...key }) => ({ ...key, score: vector ? nearness(asked, vector) : 0 }))
    .sort((a, b) => b.score - a.score)
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

/** The passages that hold a lexeme of the terms, and how many hold each. */
async function listCandidates(
  tx: Transaction,
  searched: SQL | undefined,
  terms: readonly Term[],
  passagesTotal: number,
) {
  const lexemes = terms.flatMap((term) => term.lexemes);
  const isTooMany = passagesTotal > CANDIDATES_MAX;
  const any = sql`${lexemes.map((lexeme) => `'${lexeme}'`).join(" | ")}::tsquery`;
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
    .limit(CANDIDATES_MAX);
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
