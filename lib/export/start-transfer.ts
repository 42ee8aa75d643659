import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { sendJob } from "@/lib/jobs/mutations";
import { atMost } from "@/lib/process/at-most";
import { fileStorage, isFileStorageFailure, isFileTooLarge, isStorageFull } from "@/lib/providers/file-storage";
import { archiveBytesMax } from "./archive-limits";
import { listForgottenTransfers } from "./maintenance";
import { addTransfer, requireFewTransfers } from "./mutations";
import { countMessages } from "./queries";
import { DIRECT_MESSAGES_MAX } from "./rules";
import type { ExportInput } from "./schema";
import { type MadeFile, writeOne } from "./write-conversations";

/** A file at once when it is small; otherwise a job makes it, whose identifier is given. */
export async function exportConversations(
  actor: Actor,
  { what, format }: ExportInput,
  signal?: AbortSignal,
): Promise<{ file: MadeFile } | { transferId: string }> {
  const [only] = what.kind === "selection" && what.conversationIds.length === 1 ? what.conversationIds : [];
  const thing = only ? ({ kind: "conversation", conversationId: only } as const) : what;
  if (thing.kind !== "selection" && (await countMessages(actor, thing)) <= DIRECT_MESSAGES_MAX)
    return { file: await writeOne(actor, thing, format, signal) };
  const transferId = newId();
  await addTransfer(actor, { id: transferId, kind: "conversations", format, request: thing });
  await sendJob("make-export", { ownerId: actor.agentId, transferId }, transferId);
  return { transferId };
}

export async function exportEverything(actor: Actor): Promise<{ transferId: string }> {
  const transferId = newId();
  await addTransfer(actor, { id: transferId, kind: "everything" });
  await sendJob("make-export", { ownerId: actor.agentId, transferId }, transferId);
  return { transferId };
}

/** Stores an archive as it comes, one at a time; a job then looks at it whole before anything is added. */
export async function receiveArchive(
  actor: Actor,
  bytes: AsyncIterable<Uint8Array> | null,
): Promise<{ transferId: string }> {
  await requireFewTransfers(actor);
  return atMost(
    1,
    `archive ${actor.agentId}`,
    () => new AppError("exports_too_many", { details: { max: 1 } }),
    () => receive(actor, bytes),
  );
}

async function receive(actor: Actor, bytes: AsyncIterable<Uint8Array> | null): Promise<{ transferId: string }> {
  const transferId = newId();
  const storage = fileStorage();
  let isKept = false;
  try {
    await storage.put(transferId, bytes ?? nothing(), archiveBytesMax()).catch((cause: unknown) => {
      if (isFileTooLarge(cause)) throw new AppError("archive_too_large", { cause });
      if (isFileStorageFailure(cause)) throw new AppError("file_storage_unavailable", { cause });
      throw new AppError(isStorageFull(cause) ? "document_storage_full" : "document_interrupted", { cause });
    });
    await addTransfer(actor, { id: transferId, kind: "import" });
    isKept = true;
  } finally {
    if (!isKept) await storage.remove(transferId).catch(() => {}); // nothing refers to it
  }
  await sendJob("import-archive", { ownerId: actor.agentId, transferId }, transferId);
  return { transferId };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A process may die between noting what is asked and sending its job. */
export async function sendForgottenTransfers(): Promise<void> {
  for (const { kind, ...transfer } of await listForgottenTransfers())
    await sendJob(kind === "import" ? "import-archive" : "make-export", transfer, transfer.transferId);
}
