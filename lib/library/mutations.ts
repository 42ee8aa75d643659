import "server-only";
import { and, eq, gt, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { asMember, holdName, type Transaction } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { conversations } from "@/db/schema/conversations";
import { documents, files, messageDocuments, projectDocuments } from "@/db/schema/documents";
import { shares } from "@/db/schema/shares";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { wholeLife } from "@/lib/temporary/queries";
import { UNDOABLE_SECONDS } from "./rules";

const undoableSince = sql`now() - make_interval(secs => ${UNDOABLE_SECONDS})`;

/**
 * Removes a document; its name stays for the conversations that used it. Gives the file whose bytes nobody needs any more, or
 * null when another document is made of the same bytes.
 */
export async function deleteDocument(actor: Actor, id: string): Promise<string | null> {
  const { isFound, fileId } = await forget(actor.agentId, id, isNull(documents.deletedAt));
  if (!isFound) throw new AppError("document_not_found");
  return fileId;
}

/** As `deleteDocument`, for one that was hidden long enough ago; does nothing to any other. */
export async function purgeDocument(ownerId: string, id: string): Promise<string | null> {
  const isHidden = and(lt(documents.deletedAt, undoableSince), isNotNull(documents.fileId));
  return (await forget(ownerId, id, isHidden)).fileId;
}

async function forget(
  ownerId: string,
  id: string,
  isMeant: SQL | undefined,
): Promise<{ isFound: boolean; fileId: string | null }> {
  return asMember(ownerId, async (tx) => {
    await lockDocuments(tx, ownerId);
    const [found] = await tx
      .select({ fileId: documents.fileId })
      .from(documents)
      .where(and(eq(documents.ownerId, ownerId), eq(documents.id, id), isMeant));
    if (!found) return { isFound: false, fileId: null };
    await tx
      .update(documents)
      .set({ deletedAt: sql`now()`, fileId: null })
      .where(and(eq(documents.ownerId, ownerId), eq(documents.id, id)));
    await tx
      .delete(projectDocuments)
      .where(and(eq(projectDocuments.ownerId, ownerId), eq(projectDocuments.documentId, id)));
    await tx.execute(withdrawFromShares(ownerId, id));
    const [fileId = null] = await deleteUnused(tx, ownerId, found.fileId ? [found.fileId] : []);
    return { isFound: true, fileId };
  });
}

/** What was shared no longer gives its file: its bytes may stay for another document, made of the same. */
const withdrawFromShares = (ownerId: string, documentId: string): SQL => sql`update ${shares} set messages = (
    select jsonb_agg(jsonb_set(message, '{documents}', (
      select coalesce(jsonb_agg(case when file->>'id' = ${documentId} then file || '{"fileId": null}' else file end order by n), '[]')
      from jsonb_array_elements(message->'documents') with ordinality of_message(file, n))) order by place)
    from jsonb_array_elements(messages) with ordinality shared(message, place))
  where owner_id = ${ownerId} and messages @> ${JSON.stringify([{ documents: [{ id: documentId }] }])}::jsonb`;

/** Removes documents, names included; whoever calls it holds `lockDocuments`. Gives the files whose bytes nobody needs any more. */
export async function eraseDocuments(tx: Transaction, ownerId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const erased = await tx
    .delete(documents)
    .where(and(eq(documents.ownerId, ownerId), inArray(documents.id, [...ids])))
    .returning({ fileId: documents.fileId });
  return deleteUnused(
    tx,
    ownerId,
    erased.flatMap(({ fileId }) => fileId ?? []),
  );
}

/** Of these files, those that no document is made of any more. */
async function deleteUnused(tx: Transaction, ownerId: string, fileIds: readonly string[]): Promise<string[]> {
  if (fileIds.length === 0) return [];
  const isUsed = sql`exists (select from ${documents} used where used.file_id = files.id and used.owner_id = ${ownerId})`;
  const unused = await tx
    .delete(files)
    .where(and(eq(files.ownerId, ownerId), inArray(files.id, [...fileIds]), sql`not ${isUsed}`))
    .returning({ id: files.id });
  return unused.map(({ id }) => id);
}

/** What an agent sends and what is removed of it come one after the other, until the end of the transaction. */
export async function lockDocuments(tx: Transaction, ownerId: string): Promise<void> {
  await holdName(tx, `documents ${ownerId}`);
}

/** What was being sent while its owner deleted their account is not kept. */
export async function requireAccount(tx: Transaction, ownerId: string): Promise<void> {
  const [account] = await tx
    .select({ id: agents.id })
    .from(agents)
    .where(and(eq(agents.id, ownerId), eq(agents.status, "active")));
  if (!account) throw new AppError("not_signed_in");
}

/** Hides a document from everything that is shown, and from answers. */
export async function hideDocument(actor: Actor, id: string): Promise<void> {
  await change(actor, id, isNull(documents.deletedAt), sql`now()`);
}

/** Undoes `hideDocument`. Throws `document_not_found` when it is too late. */
export async function restoreDocument(actor: Actor, id: string): Promise<void> {
  const isUndoable = and(gt(documents.deletedAt, undoableSince), isNotNull(documents.fileId));
  await change(actor, id, isUndoable, null);
}

async function change(actor: Actor, id: string, isMeant: SQL | undefined, deletedAt: SQL | null): Promise<void> {
  const changed = await asMember(actor.agentId, (tx) =>
    tx
      .update(documents)
      .set({ deletedAt })
      .where(and(eq(documents.ownerId, actor.agentId), eq(documents.id, id), isMeant))
      .returning({ id: documents.id }),
  );
  if (changed.length === 0) throw new AppError("document_not_found");
}

/** Has documents go with the temporary conversation that they were sent for, unless another one or a project has them. */
export async function endDocuments(
  tx: Transaction,
  actor: Actor,
  conversationId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const isElsewhere = sql`exists (select from ${messageDocuments} where document_id = documents.id
    and conversation_id <> ${conversationId})
    or exists (select from ${projectDocuments} where document_id = documents.id)`;
  await tx
    .update(documents)
    .set({ expiresAt: wholeLife })
    .where(and(eq(documents.ownerId, actor.agentId), inArray(documents.id, [...ids]), sql`not (${isElsewhere})`));
}

/** Documents sent for a temporary conversation are kept when they come with a question of one that is. */
export async function keepDocuments(
  tx: Transaction,
  actor: Actor,
  conversationId: string,
  ids: readonly string[],
): Promise<void> {
  const isKept = sql`exists (select from ${conversations} where id = ${conversationId} and owner_id = ${actor.agentId}
    and expires_at is null)`;
  await tx
    .update(documents)
    .set({ expiresAt: null })
    .where(and(eq(documents.ownerId, actor.agentId), inArray(documents.id, [...ids]), isKept));
}
