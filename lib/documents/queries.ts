import "server-only";
import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, lte, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { documents, filePages, files, messageDocuments } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import type { Cell, Extraction, Page } from "@/lib/extraction/extraction";
import { fromLayout, type PageLayout } from "./page-layout";
import type { AttachedDocument, AttachedFile, DocumentPage, DocumentSummary, FileState } from "./schema";

export const summary = {
  id: documents.id,
  name: documents.name,
  sizeBytes: files.sizeBytes,
  state: files.state,
  failureCode: sql<DocumentSummary["failureCode"]>`${files.failureCode}`,
  type: sql<DocumentSummary["type"]>`${files.type}`,
  pages: files.pages,
  pagesToRecognise: files.pagesToRecognise,
  pagesRecognised: files.pagesRecognised,
  characters: files.characters,
};

/** Not deleted, and the actor's. */
export const visibleTo = (actor: Actor) => and(eq(documents.ownerId, actor.agentId), isNull(documents.deletedAt));

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

/** What the antivirus has not let through is given to nobody, not even back. */
export const isLetThrough = (state: FileState): boolean => state !== "received" && state !== "refused";

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
  if (!found || !isLetThrough(found.state)) throw new AppError("document_not_found");
  return found;
}

/** A page, from 1; of a deleted document, its name. Throws `document_not_found`, for a page that was not read too. */
export async function getPage(actor: Actor, id: string, number: number): Promise<DocumentPage> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        name: documents.name,
        deletedAt: documents.deletedAt,
        type: summary.type,
        kind: sql<Page["kind"] | null>`${filePages.kind}`,
        label: filePages.label,
        text: filePages.text,
        isRecognised: filePages.isRecognised,
        layout: sql<PageLayout | null>`${filePages.layout}`,
        pagesTotal: files.pages,
      })
      .from(documents)
      .leftJoin(files, eq(files.id, documents.fileId))
      .leftJoin(filePages, and(eq(filePages.fileId, files.id), eq(filePages.number, number)))
      .where(and(eq(documents.ownerId, actor.agentId), eq(documents.id, id))),
  );
  if (!found) throw new AppError("document_not_found");
  const { name, deletedAt, kind, text, isRecognised, layout, pagesTotal, ...page } = found;
  if (deletedAt !== null) return { isDeleted: true, name };
  if (kind === null || text === null) throw new AppError("document_not_found");
  const known = { name, kind, text, isRecognised: isRecognised === true, pagesTotal: pagesTotal ?? number };
  return { ...page, ...known, ...fromLayout(layout), isDeleted: false };
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
      // One that is removed is gone for its conversations, even while that can be undone.
      fileId: sql<string | null>`case when ${documents.deletedAt} is null then ${documents.fileId} end`,
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

export type FileProgress = Pick<DocumentSummary, "id" | "state" | "type" | "pages"> & { characters: number | null };

/** Where the reading of these files has got to. */
export function listFileStates(actor: Actor, fileIds: readonly string[]): Promise<FileProgress[]> {
  return asMember(actor.agentId, (tx) =>
    tx
      .select({
        id: files.id,
        state: files.state,
        type: summary.type,
        pages: files.pages,
        characters: files.characters,
      })
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

export type SheetSummary = {
  number: number;
  /** Null in a CSV. */
  label: string | null;
  /** Empty ones before the last included. */
  rows: number;
  /** The first of them. */
  cells: Cell[][];
};

const sheetsOf = (actor: Actor, fileId: string) =>
  and(eq(filePages.ownerId, actor.agentId), eq(filePages.fileId, fileId), isNotNull(filePages.cells));

/** The sheets of a spreadsheet that was read, in order, with so many of their rows. */
export async function listSheets(actor: Actor, fileId: string, firstRows = 0): Promise<SheetSummary[]> {
  const first = sql`jsonb_path_query_array(${filePages.cells}, ${`$[0 to ${Math.max(0, firstRows - 1)}]`}::text::jsonpath)`;
  return asMember(actor.agentId, (tx) =>
    tx
      .select({
        number: filePages.number,
        label: filePages.label,
        rows: sql<number>`jsonb_array_length(${filePages.cells})`,
        cells: sql<Cell[][]>`${firstRows > 0 ? first : sql`'[]'::jsonb`}`,
      })
      .from(filePages)
      .where(sheetsOf(actor, fileId))
      .orderBy(asc(filePages.number)),
  );
}

/** All the cells of a sheet, and whether rows of the file were left unread; null when there is no such sheet. */
export async function findSheetCells(
  actor: Actor,
  fileId: string,
  number: number,
): Promise<{ cells: Cell[][]; isTruncated: boolean } | null> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        cells: sql<Cell[][]>`${filePages.cells}`,
        isTruncated: sql<boolean>`${files.warnings} ? 'truncated'`,
      })
      .from(filePages)
      .innerJoin(files, eq(files.id, filePages.fileId))
      .where(and(sheetsOf(actor, fileId), eq(filePages.number, number))),
  );
  return found ?? null;
}
