import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { sendJob } from "@/lib/jobs/mutations";
import { atMost } from "@/lib/process/at-most";
import {
  fileStorage,
  isFileStorageFailure,
  isFileTooLarge,
  isStorageFull,
  systemCodeOf,
} from "@/lib/providers/file-storage";
import { documentLimits } from "./limits";
import { addDocument, requireRoom, tooLarge } from "./mutations";
import { getDocument } from "./queries";
import { sendToRemove, tryToRemove } from "./remove-bytes";
import { cleanName, extensionOf } from "./rules";
import type { DocumentSummary } from "./schema";

/** The page sends three at a time. */
const UPLOADS_AT_ONCE_MAX = 12;

export type Upload = {
  /** Of the document; the same when it is sent again. */
  id: string;
  /** As typed by whoever named the file. */
  name: string;
  /** What the sender announces; the bytes are counted all the same. */
  sizeBytes: number;
  bytes: AsyncIterable<Uint8Array> | null;
  /** For a question of a temporary conversation, with which it goes. */
  isTemporary?: boolean;
};

/**
 * Stores what is sent as it comes, and has it read. One that breaks, or exceeds a limit, leaves nothing behind. What comes at once is
 * not counted among what is kept: only so much of it is received.
 */
export async function receiveDocument(actor: Actor, upload: Upload): Promise<DocumentSummary> {
  const refuse = () => new AppError("uploads_too_many", { details: { max: UPLOADS_AT_ONCE_MAX } });
  return atMost(UPLOADS_AT_ONCE_MAX, `upload ${actor.agentId}`, refuse, () => receive(actor, upload));
}

async function receive(actor: Actor, upload: Upload): Promise<DocumentSummary> {
  const limits = documentLimits();
  await requireRoom(actor, upload.sizeBytes, limits);
  const name = cleanName(upload.name);
  const storage = fileStorage();
  const fileId = newId();
  const stored = await storage.put(fileId, upload.bytes ?? nothing(), limits.fileBytesMax).catch((cause: unknown) => {
    if (isFileTooLarge(cause)) throw tooLarge(limits);
    if (isFileStorageFailure(cause)) throw new AppError("file_storage_unavailable", { cause });
    if (isStorageFull(cause)) throw new AppError("document_storage_full", { cause });
    throw new AppError(upload.sizeBytes > 0 && isCut(cause) ? "document_interrupted" : "unexpected", { cause });
  });
  let isKept = false;
  try {
    const file = { ...stored, id: fileId, extension: extensionOf(name) };
    const added = await addDocument(actor, { id: upload.id, name, isTemporary: upload.isTemporary }, file, limits);
    isKept = added.isNewFile;
    await sendJob("read-file", { ownerId: actor.agentId, fileId: added.fileId }, added.fileId);
    return await getDocument(actor, upload.id);
  } finally {
    if (!isKept) {
      await sendToRemove(actor.agentId, fileId);
      await tryToRemove(fileId);
    }
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The sender left, or the network: not a broken disk. */
const isCut = (error: unknown): boolean => !["EACCES", "EIO", "EROFS"].includes(systemCodeOf(error));
