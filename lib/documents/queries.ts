import "server-only";
import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { documents, filePages, files, messageDocuments } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import type { Page } from "@/lib/extraction/extraction";
import { fromLayout, type PageLayout } from "./page-layout";
import { isLetThrough } from "./rules";
import type { AttachedDocument, AttachedFile, DocumentPage, DocumentSummary } from "./schema";

/** What became of a file, as `isLetThrough` asks for it. */
export const outcome = { state: files.state, failureCode: files.failureCode };

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
export const visibleTo = (actor: Actor): SQL | undefined =>
  and(eq(documents.ownerId, actor.agentId), isNull(documents.deletedAt));

/** What is listed among the actor's documents: not what goes with a temporary conversation. */
export const keptBy = (actor: Actor): SQL | undefined => and(visibleTo(actor), isNull(documents.expiresAt));

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
      .select({ fileId: files.id, name: documents.name, sizeBytes: files.sizeBytes, ...outcome })
      .from(documents)
      .innerJoin(files, eq(files.id, documents.fileId))
      .where(and(visibleTo(actor), eq(documents.id, id))),
  );
  if (!found || !isLetThrough(found)) throw new AppError("document_not_found");
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

/** The file of a document, removed ones included; null when there is none any more. */
export async function findFileId(ownerId: string, documentId: string): Promise<string | null> {
  const [found] = await asMember(ownerId, (tx) =>
    tx
      .select({ fileId: documents.fileId })
      .from(documents)
      .where(and(eq(documents.ownerId, ownerId), eq(documents.id, documentId))),
  );
  return found?.fileId ?? null;
}

/** Whether a document is made of these bytes. */
export async function isFileKept(ownerId: string, fileId: string): Promise<boolean> {
  const found = await asMember(ownerId, (tx) =>
    tx
      .select({ id: files.id })
      .from(files)
      .where(and(eq(files.ownerId, ownerId), eq(files.id, fileId))),
  );
  return found.length > 0;
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
