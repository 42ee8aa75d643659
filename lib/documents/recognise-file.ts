import "server-only";
import { env } from "@/lib/env";
import { fileStorage } from "@/lib/providers/file-storage";
import { recognisePage } from "@/lib/providers/page-recognition";
import { sendToEmbed } from "./embed-file";
import { markReady, saveRecognised } from "./mutations";
import { listPagesToRecognise } from "./queries";

/**
 * Recognises the text of the pages of a file that are images, one after the other; each can be used as soon as it is stored, and
 * a job that is taken up again goes on where it was. Throws only when the work is to be tried again.
 */
export async function recogniseFile(
  { ownerId, fileId }: { ownerId: string; fileId: string },
  signal: AbortSignal,
): Promise<void> {
  const wanted = await listPagesToRecognise(ownerId, fileId);
  if (!wanted) return; // deleted, or done already
  const isPdf = wanted.type === "pdf";
  await fileStorage().withLocalPath(fileId, async (path) => {
    for (const number of wanted.numbers.slice(0, env().RECOGNITION_PAGES_MAX)) {
      signal.throwIfAborted();
      const recognised = await recognisePage({ path, page: isPdf ? number : undefined }, signal);
      if (!(await saveRecognised(ownerId, fileId, number, recognised))) return;
    }
  });
  await markReady(ownerId, fileId);
  await sendToEmbed({ ownerId, fileId });
}
