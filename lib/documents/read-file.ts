import "server-only";
import { extractionCodeOf } from "@/lib/extraction/extraction";
import { sendJob } from "@/lib/jobs/mutations";
import { scan } from "@/lib/providers/antivirus";
import { fileStorage, isFileMissing, isFileStorageFailure } from "@/lib/providers/file-storage";
import { readingPool } from "@/lib/providers/reading";
import { reportFailure } from "@/lib/telemetry/report";
import { sendToEmbed } from "./embed-file";
import { markChecked, markUnread, savePages } from "./mutations";
import { findFileToRead } from "./queries";
import { canRetry } from "./rules";

/**
 * Has a file looked at by the antivirus, then read. Whatever is wrong with it is written where its owner sees it; throws only
 * when the work is to be tried again.
 */
export async function readFile(
  { ownerId, fileId }: { ownerId: string; fileId: string },
  signal: AbortSignal,
  password?: string,
): Promise<void> {
  const file = await findFileToRead(ownerId, fileId);
  if (!file) return; // deleted, or read already
  const storage = fileStorage();
  let isScanned = file.state === "checked";
  try {
    if (file.state === "received") {
      const verdict = await scan(() => storage.open(fileId));
      if (verdict === "infected") {
        await storage.remove(fileId);
        return await markUnread(ownerId, fileId, "refused", "infected");
      }
      if (verdict === "unavailable") return await markUnread(ownerId, fileId, "failed", "antivirus_unavailable");
      await markChecked(ownerId, fileId);
      isScanned = true;
    }
    const extraction = await storage.withLocalPath(fileId, (path) =>
      readingPool().read({ path, fileName: `document.${file.extension}`, password }, { signal }),
    );
    await savePages(ownerId, fileId, extraction);
    if (extraction.pages.some((page) => page.needsRecognition))
      await sendJob("recognise-file", { ownerId, fileId }, fileId);
    await sendToEmbed({ ownerId, fileId });
  } catch (error) {
    if (signal.aborted || isFileMissing(error) || isFileStorageFailure(error)) throw error;
    const code = extractionCodeOf(error) ?? "unexpected";
    if (code === "unexpected") reportFailure(error, { operation: "document.read" });
    // What went wrong before the antivirus said anything must not let the file through.
    if (!isScanned) return await markUnread(ownerId, fileId, "failed", "antivirus_unavailable");
    await markUnread(ownerId, fileId, canRetry(code) ? "failed" : "refused", code);
  }
}
