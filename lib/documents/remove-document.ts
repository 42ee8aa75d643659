import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { fileStorage } from "@/lib/providers/file-storage";
import { deleteDocument } from "./mutations";

/** Removes a document, and its bytes unless another one is made of the same. */
export async function removeDocument(actor: Actor, id: string): Promise<void> {
  const fileId = await deleteDocument(actor, id);
  if (fileId) await fileStorage().remove(fileId);
}
