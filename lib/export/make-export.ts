import "server-only";
import { type Actor, findActorOfJob } from "@/lib/auth/actor";
import { type ErrorCode, toErrorCode } from "@/lib/errors/app-error";
import { parisDay } from "@/lib/i18n/paris-day";
import { fileStorage, isFileStorageFailure, isFileTooLarge, isStorageFull } from "@/lib/providers/file-storage";
import { reportFailure } from "@/lib/telemetry/report";
import { type ArchiveWriter, type Made, storeMade } from "./archive-writer";
import { failTransfer, finishTransfer } from "./mutations";
import { GivenUpError, type Progress, tellProgress } from "./progress";
import { findTransferToDo } from "./queries";
import { fileNameFor, uniqueNames } from "./rules";
import { EXPORT_FORMATS, type ExportFormat, exportedThing } from "./schema";
import { words } from "./words";
import { writeOne } from "./write-conversations";
import { addEverything } from "./write-everything";

export type TransferJob = { ownerId: string; transferId: string };

/** The job. Done again from its beginning when its process dies; what was deleted meanwhile leaves nothing behind. */
export async function makeExport({ ownerId, transferId }: TransferJob, signal: AbortSignal): Promise<void> {
  const [actor, found] = await Promise.all([findActorOfJob(ownerId), findTransferToDo(ownerId, transferId)]);
  if (!actor || !found) return fileStorage().remove(transferId);
  try {
    const progress = tellProgress(ownerId, transferId, signal);
    const made =
      found.kind === "everything"
        ? { fileName: everythingName(), fill: (archive: ArchiveWriter) => addEverything(actor, archive, progress) }
        : await planConversations(actor, found, progress, signal);
    const stored = await storeMade(transferId, made);
    const isWanted = await finishTransfer(ownerId, transferId, {
      fileName: made.fileName,
      sizeBytes: stored.sizeBytes,
    });
    if (!isWanted) await fileStorage().remove(transferId);
  } catch (error) {
    if (error instanceof GivenUpError) return;
    reportFailure(error, { operation: "export.make" });
    await failTransfer(ownerId, transferId, failureOf(error));
  }
}

function failureOf(error: unknown): ErrorCode {
  if (isFileTooLarge(error)) return "archive_too_large";
  if (isStorageFull(error)) return "document_storage_full";
  if (isFileStorageFailure(error)) return "file_storage_unavailable";
  const code = toErrorCode(error);
  return code === "unexpected" ? "export_failed" : code;
}

async function planConversations(
  actor: Actor,
  { format, request }: { format: string | null; request: unknown },
  progress: Progress,
  signal: AbortSignal,
): Promise<Made> {
  const what = exportedThing.parse(request);
  const asked: ExportFormat = EXPORT_FORMATS.find((known) => known === format) ?? "json";
  await progress(0, what.kind === "selection" ? what.conversationIds.length : 1);
  if (what.kind !== "selection") {
    const { name, bytes } = await writeOne(actor, what, asked, signal);
    return { fileName: name, bytes };
  }
  const ids = [...new Set(what.conversationIds)];
  const fill = async (archive: ArchiveWriter) => {
    const unique = uniqueNames();
    for (const [index, conversationId] of ids.entries()) {
      const file = await writeOne(actor, { kind: "conversation", conversationId }, asked, signal).catch(unlessDeleted);
      if (file) await archive.add(unique(file.name), file.bytes);
      await progress(index + 1, ids.length);
    }
  };
  return { fileName: fileNameFor(words("selection"), "zip"), fill };
}

/** One that was deleted meanwhile is left out. */
function unlessDeleted(error: unknown): null {
  if (toErrorCode(error) === "conversation_not_found") return null;
  throw error;
}

const everythingName = () => `assistant-ia-${parisDay(new Date())}.zip`;
