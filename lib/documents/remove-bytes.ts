import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { sendJob } from "@/lib/jobs/mutations";
import { fileStorage } from "@/lib/providers/file-storage";
import { reportFailure } from "@/lib/telemetry/report";
import { isFileKept } from "./queries";

/** By then the change that makes the bytes useless is written, or never will be. */
const LOOKED_AT_AGAIN_SECONDS = 60;

/** Has bytes removed within a minute or so, unless a document is still made of them then, even if this process dies meanwhile. */
export async function sendToRemove(ownerId: string, fileId: string): Promise<void> {
  // The key is new each time: what waits may be looked at just before the last document made of these bytes is removed.
  await sendJob("remove-file", { ownerId, fileId }, `${fileId} ${Date.now()}`, {
    afterSeconds: LOOKED_AT_AGAIN_SECONDS,
  });
}

/** Removes bytes for which `sendToRemove` was called: where they are kept may be away, which is then no failure. */
export async function tryToRemove(fileId: string): Promise<void> {
  await fileStorage()
    .remove(fileId)
    .catch((cause: unknown) =>
      reportFailure(new AppError("file_storage_unavailable", { cause }), { operation: "file.remove" }),
    );
}

/** The job: throws when it is to be tried again. */
export async function removeUnused({ ownerId, fileId }: { ownerId: string; fileId: string }): Promise<void> {
  if (!(await isFileKept(ownerId, fileId))) await fileStorage().remove(fileId);
}
