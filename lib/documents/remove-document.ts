import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { sendJob } from "@/lib/jobs/mutations";
import { deleteDocument, hideDocument, purgeDocument, restoreDocument } from "@/lib/library/mutations";
import { PURGED_AFTER_SECONDS } from "@/lib/library/rules";
import { findFileId } from "./queries";
import { sendToRemove, tryToRemove } from "./remove-bytes";

/** Removes a document, and its bytes unless another one is made of the same. */
export async function removeDocument(actor: Actor, id: string): Promise<void> {
  await removeWithBytes(actor.agentId, id, () => deleteDocument(actor, id));
}

/** Removes a document from everything that is shown; it is removed for good when that can no longer be undone. */
export async function removeUndoably(actor: Actor, id: string): Promise<void> {
  // Sent first: a document that is hidden must not stay. The key is new each time: it may be removed, restored and removed again.
  await sendJob("remove-document", { ownerId: actor.agentId, documentId: id }, `${id} ${Date.now()}`, {
    afterSeconds: PURGED_AFTER_SECONDS,
  });
  await hideDocument(actor, id);
}

/** Undoes a removal. Throws `document_not_found` when it is too late. */
export const undoRemoval = (actor: Actor, id: string): Promise<void> => restoreDocument(actor, id);

/** Does nothing to a document that was restored meanwhile. */
export async function purgeRemoved({ ownerId, documentId }: { ownerId: string; documentId: string }): Promise<void> {
  await removeWithBytes(ownerId, documentId, () => purgeDocument(ownerId, documentId));
}

/** `remove` gives the file that nobody needs any more. Once it has, nothing but the job knows of these bytes: it is sent first. */
async function removeWithBytes(ownerId: string, id: string, remove: () => Promise<string | null>): Promise<void> {
  const fileId = await findFileId(ownerId, id);
  if (fileId) await sendToRemove(ownerId, fileId);
  const unused = await remove();
  if (unused) await tryToRemove(unused);
}
