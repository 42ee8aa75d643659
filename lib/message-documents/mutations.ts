import "server-only";
import { and, eq, inArray, isNull, type SQL } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { documents, messageDocuments } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import type { AttachedDocument } from "@/lib/documents/schema";
import { AppError } from "@/lib/errors/app-error";
import { keepDocuments } from "@/lib/library/mutations";

/** Throws `document_not_found` when one is not the actor's, or deleted. */
export async function requireDocuments(tx: Transaction, actor: Actor, documentIds: readonly string[]): Promise<void> {
  await findDocuments(tx, actor, documentIds, isNull(documents.deletedAt));
}

/**
 * Has the documents come with a question, in this order. Throws `document_not_found` when one is not the actor's, or deleted;
 * a question that waited keeps the mention of one that was deleted meanwhile.
 */
export async function attachDocuments(
  tx: Transaction,
  actor: Actor,
  { conversationId, messageId }: { conversationId: string; messageId: string },
  documentIds: readonly string[],
  { hasWaited = false }: { hasWaited?: boolean } = {},
): Promise<AttachedDocument[]> {
  const inOrder = await findDocuments(tx, actor, documentIds, hasWaited ? undefined : isNull(documents.deletedAt));
  if (inOrder.length === 0) return [];
  if (inOrder.some(({ expiresAt }) => expiresAt !== null)) await keepDocuments(tx, actor, conversationId, documentIds);
  await tx.insert(messageDocuments).values(
    inOrder.map(({ id: documentId }, position) => ({
      messageId,
      conversationId,
      ownerId: actor.agentId,
      documentId,
      position,
    })),
  );
  return inOrder.map(({ id, name, fileId }) => ({ id, name, fileId, messageId }));
}

async function findDocuments(
  tx: Transaction,
  actor: Actor,
  documentIds: readonly string[],
  isAccepted: SQL | undefined,
): Promise<{ id: string; name: string; fileId: string | null; expiresAt: Date | null }[]> {
  const ids = [...new Set(documentIds)];
  if (ids.length === 0) return [];
  const found = await tx
    .select({ id: documents.id, name: documents.name, fileId: documents.fileId, expiresAt: documents.expiresAt })
    .from(documents)
    .where(and(eq(documents.ownerId, actor.agentId), isAccepted, inArray(documents.id, ids)));
  if (found.length < ids.length) throw new AppError("document_not_found");
  return found.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Another wording of a question, or its copy in another conversation, comes with the same documents; `copies` are by original. */
export async function copyAttached(
  tx: Transaction,
  actor: Actor,
  { conversationId, copies }: { conversationId: string; copies: ReadonlyMap<string, string> },
): Promise<void> {
  const attached = await tx
    .select()
    .from(messageDocuments)
    .where(and(eq(messageDocuments.ownerId, actor.agentId), inArray(messageDocuments.messageId, [...copies.keys()])));
  const rows = attached.flatMap(({ messageId: original, ...row }) => {
    const messageId = copies.get(original);
    return messageId ? [{ ...row, messageId, conversationId }] : [];
  });
  if (rows.length > 0) await tx.insert(messageDocuments).values(rows);
}
