import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { sendJob } from "@/lib/jobs/mutations";
import { fileStorage, isFileTooLarge } from "@/lib/providers/file-storage";
import { documentLimits } from "./limits";
import { addDocument, requireRoom, tooLarge } from "./mutations";
import { getDocument } from "./queries";
import { cleanName, extensionOf } from "./rules";
import type { DocumentSummary } from "./schema";

export type Upload = {
  /** As typed by whoever named the file. */
  name: string;
  /** What the sender announces; the bytes are counted all the same. */
  sizeBytes: number;
  bytes: AsyncIterable<Uint8Array> | null;
};

/** Stores what is sent as it comes, and has it read. One that breaks, or exceeds a limit, leaves nothing behind. */
export async function receiveDocument(actor: Actor, upload: Upload): Promise<DocumentSummary> {
  const limits = documentLimits();
  await requireRoom(actor, upload.sizeBytes, limits);
  const name = cleanName(upload.name);
  const storage = fileStorage();
  const id = newId();
  const stored = await storage.put(id, upload.bytes ?? nothing(), limits.fileBytesMax).catch((cause: unknown) => {
    if (isFileTooLarge(cause)) throw tooLarge(limits);
    throw new AppError(upload.sizeBytes > 0 && isCut(cause) ? "document_interrupted" : "unexpected", { cause });
  });
  let isKept = false;
  try {
    const file = { ...stored, id, extension: extensionOf(name) };
    const { documentId, fileId, isNewFile } = await addDocument(actor, name, file, limits);
    isKept = isNewFile;
    await sendJob("read-file", { ownerId: actor.agentId, fileId }, fileId);
    return await getDocument(actor, documentId);
  } finally {
    if (!isKept) await storage.remove(id);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The sender left, or the network: not a full disk. */
function isCut(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return !["ENOSPC", "EDQUOT", "EACCES", "EIO", "EROFS"].includes(code);
}
