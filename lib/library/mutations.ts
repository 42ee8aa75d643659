import "server-only";
import { and, eq, gt, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { asMember } from "@/db/client";
import { documents, files } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
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
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`documents ${ownerId}`}, 0))`);
    const [found] = await tx
      .select({ fileId: documents.fileId })
      .from(documents)
      .where(and(eq(documents.ownerId, ownerId), eq(documents.id, id), isMeant));
    if (!found) return { isFound: false, fileId: null };
    await tx
      .update(documents)
      .set({ deletedAt: sql`now()`, fileId: null })
      .where(and(eq(documents.ownerId, ownerId), eq(documents.id, id)));
    if (!found.fileId) return { isFound: true, fileId: null };
    const others = await tx
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.ownerId, ownerId), eq(documents.fileId, found.fileId)))
      .limit(1);
    if (others.length > 0) return { isFound: true, fileId: null };
    await tx.delete(files).where(and(eq(files.ownerId, ownerId), eq(files.id, found.fileId)));
    return { isFound: true, fileId: found.fileId };
  });
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
