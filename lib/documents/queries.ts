import "server-only";
import { and, asc, eq, gte, inArray, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { documents, filePages, files, messageDocuments, passages } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import type { Extraction, Page } from "@/lib/extraction/extraction";
import { placesIn, rank, type Term, toTerms, withSimilar } from "./ranking";
import type { AttachedDocument, AttachedFile, DocumentSummary, FileFailure, FileState } from "./schema";

const summary = {
  id: documents.id,
  name: documents.name,
  sizeBytes: files.sizeBytes,
  state: files.state,
  failureCode: sql<FileFailure | null>`${files.failureCode}`,
  type: sql<DocumentSummary["type"]>`${files.type}`,
  pages: files.pages,
  pagesToRecognise: files.pagesToRecognise,
  pagesRecognised: files.pagesRecognised,
};

/** Not deleted, and the actor's. */
const visibleTo = (actor: Actor) => and(eq(documents.ownerId, actor.agentId), isNull(documents.deletedAt));

/** Those of `ids` that are the actor's, in the order they were attached. */
export async function listDocuments(actor: Actor, ids: readonly string[]): Promise<DocumentSummary[]> {
  if (ids.length === 0) return [];
  return asMember(actor.agentId, (tx) =>
    tx
      .select(summary)
      .from(documents)
      .innerJoin(files, eq(files.id, documents.fileId))
      .where(and(visibleTo(actor), inArray(documents.id, [...ids])))
      .orderBy(asc(documents.createdAt), asc(documents.id)),
  );
}

/** Throws `document_not_found`. */
export async function getDocument(actor: Actor, id: string): Promise<DocumentSummary> {
  const [found] = await listDocuments(actor, [id]);
  if (!found) throw new AppError("document_not_found");
  return found;
}

/** Where the bytes of a document are. Throws `document_not_found`. */
export async function getOriginal(
  actor: Actor,
  id: string,
): Promise<{ fileId: string; name: string; sizeBytes: number }> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ fileId: files.id, name: documents.name, sizeBytes: files.sizeBytes, state: files.state })
      .from(documents)
      .innerJoin(files, eq(files.id, documents.fileId))
      .where(and(visibleTo(actor), eq(documents.id, id))),
  );
  // What the antivirus has not let through is given to nobody, not even back.
  if (!found || found.state === "received" || found.state === "refused") throw new AppError("document_not_found");
  return found;
}

/** How many documents an agent keeps, and what their bytes weigh; the same bytes weigh once. */
export async function measureDocuments(tx: Transaction, ownerId: string): Promise<{ count: number; bytes: number }> {
  const [documentsKept, filesKept] = await Promise.all([
    tx
      .select({ count: sql<number>`count(*)::int` })
      .from(documents)
      .where(and(eq(documents.ownerId, ownerId), isNull(documents.deletedAt))),
    tx
      .select({ bytes: sql<number>`coalesce(sum(${files.sizeBytes}), 0)::float8` })
      .from(files)
      .where(eq(files.ownerId, ownerId)),
  ]);
  return { count: documentsKept[0]?.count ?? 0, bytes: filesKept[0]?.bytes ?? 0 };
}

/** What is to be read, when it still is. For the job that reads it. */
export async function findFileToRead(
  ownerId: string,
  fileId: string,
): Promise<{ id: string; extension: string; state: "received" | "checked" } | null> {
  const [found] = await asMember(ownerId, (tx) =>
    tx
      .select({ id: files.id, extension: files.extension, state: files.state })
      .from(files)
      .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId))),
  );
  const { state } = found ?? {};
  return found && (state === "received" || state === "checked") ? { ...found, state } : null;
}

/** What came with the questions of a conversation, deleted documents included, in the order they were attached. */
export function listAttached(tx: Transaction, actor: Actor, conversationId: string): Promise<AttachedDocument[]> {
  return tx
    .select({
      messageId: messageDocuments.messageId,
      id: documents.id,
      name: documents.name,
      fileId: documents.fileId,
    })
    .from(messageDocuments)
    .innerJoin(documents, eq(documents.id, messageDocuments.documentId))
    .where(and(eq(messageDocuments.ownerId, actor.agentId), eq(messageDocuments.conversationId, conversationId)))
    .orderBy(asc(messageDocuments.messageId), asc(messageDocuments.position));
}

/** What each question of a conversation came with, deleted documents included. */
export async function listAttachedFiles(actor: Actor, conversationId: string): Promise<Record<string, AttachedFile[]>> {
  const attached = await asMember(actor.agentId, (tx) => listAttached(tx, actor, conversationId));
  const byMessage: Record<string, AttachedFile[]> = {};
  for (const { messageId, id, name, fileId } of attached) {
    byMessage[messageId] ??= [];
    byMessage[messageId].push({ id, name, isDeleted: fileId === null });
  }
  return byMessage;
}

export type FileProgress = { id: string; state: FileState; pages: number | null; characters: number | null };

/** Where the reading of these files has got to. */
export function listFileStates(actor: Actor, fileIds: readonly string[]): Promise<FileProgress[]> {
  return asMember(actor.agentId, (tx) =>
    tx
      .select({ id: files.id, state: files.state, pages: files.pages, characters: files.characters })
      .from(files)
      .where(and(eq(files.ownerId, actor.agentId), inArray(files.id, [...fileIds]))),
  );
}

export type ReadPage = {
  number: number;
  kind: Page["kind"];
  label: string | null;
  text: string;
  isRecognised: boolean;
};

/** The titles of a file that was read. */
export async function listTitles(actor: Actor, fileId: string): Promise<Extraction["outline"]> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ outline: sql<Extraction["outline"]>`${files.outline}` })
      .from(files)
      .where(and(eq(files.ownerId, actor.agentId), eq(files.id, fileId))),
  );
  return found?.outline ?? [];
}

/** The text of a file that was read, from its first page or between two, as long as it fits in so many characters. */
export async function listPages(
  actor: Actor,
  fileId: string,
  charactersMax: number,
  { from = 1, to }: { from?: number; to?: number } = {},
): Promise<ReadPage[]> {
  const isWanted = and(gte(filePages.number, from), to === undefined ? undefined : lte(filePages.number, to));
  const before = sql<number>`coalesce(sum(length(${filePages.text})) over (order by ${filePages.number}
    rows between unbounded preceding and 1 preceding), 0)`;
  return asMember(actor.agentId, async (tx) => {
    const pages = tx
      .select({
        number: filePages.number,
        kind: sql<Page["kind"]>`${filePages.kind}`.as("kind"),
        label: filePages.label,
        text: filePages.text,
        isRecognised: filePages.isRecognised,
        before: before.as("before"),
      })
      .from(filePages)
      .where(and(eq(filePages.ownerId, actor.agentId), eq(filePages.fileId, fileId), isWanted))
      .as("pages");
    const rows = await tx.select().from(pages).where(lt(pages.before, charactersMax)).orderBy(asc(pages.number));
    return rows.map(({ before: _, ...page }) => page);
  });
}

/** The pages of a file that are images whose text is still to be recognised, in order. For the job that does it. */
export async function listPagesToRecognise(
  ownerId: string,
  fileId: string,
): Promise<{ type: DocumentSummary["type"]; numbers: number[] } | null> {
  return asMember(ownerId, async (tx) => {
    const [file] = await tx
      .select({ type: summary.type })
      .from(files)
      .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId), eq(files.state, "read")));
    if (!file) return null;
    const pages = await tx
      .select({ number: filePages.number })
      .from(filePages)
      .where(and(eq(filePages.ownerId, ownerId), eq(filePages.fileId, fileId), eq(filePages.needsRecognition, true)))
      .orderBy(asc(filePages.number));
    return { type: file.type, numbers: pages.map(({ number }) => number) };
  });
}

/** A passage that answers a query, and the page it is on. */
export type FoundPassage = ReadPage & { fileId: string; heading: string | null };

/** What is compared in full; beyond, only those that hold the most of what is asked. */
const CANDIDATES_MAX = 5_000;

/**
 * The passages of these files that answer a query best, the best first. Words that are nowhere are looked for as they may have
 * been meant.
 */
export async function searchPassages(
  actor: Actor,
  fileIds: readonly string[],
  query: string,
  limit: number,
): Promise<FoundPassage[]> {
  const asked = toTerms(query);
  if (asked.length === 0 || fileIds.length === 0) return [];
  const searched = and(eq(passages.ownerId, actor.agentId), inArray(passages.fileId, [...fileIds]));
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
    const best = rank(candidates, terms, { ...all, holding }, limit);
    const texts = await Promise.all(
      best.map(({ fileId, page, position }) =>
        tx
          .select({
            heading: passages.heading,
            text: passages.text,
            kind: sql<Page["kind"]>`${filePages.kind}`,
            label: filePages.label,
            isRecognised: filePages.isRecognised,
          })
          .from(passages)
          .innerJoin(filePages, and(eq(filePages.fileId, passages.fileId), eq(filePages.number, passages.page)))
          .where(and(searched, eq(passages.fileId, fileId), eq(passages.page, page), eq(passages.position, position))),
      ),
    );
    return best.flatMap(({ fileId, page }, index) => {
      const [written] = texts[index] ?? [];
      return written ? [{ fileId, number: page, ...written }] : [];
    });
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
