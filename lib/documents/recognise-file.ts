import "server-only";
import { env } from "@/lib/env";
import { extractionCodeOf } from "@/lib/extraction/extraction";
import { fileStorage } from "@/lib/providers/file-storage";
import { readingPool } from "@/lib/providers/reading";
import { sendToEmbed } from "./embed-file";
import { markReady, saveRecognised } from "./mutations";
import { listPagesToRecognise } from "./queries";

const PAGE_MS = 30_000;

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
      const text = await recognised({ path, page: isPdf ? number : undefined }, signal);
      if (!(await saveRecognised(ownerId, fileId, number, text))) return;
    }
  });
  await markReady(ownerId, fileId);
  await sendToEmbed({ ownerId, fileId });
}

/** Null for a page that cannot be drawn, or takes too long: it stays without text, and the others have theirs. */
async function recognised(image: { path: string; page: number | undefined }, signal: AbortSignal) {
  const late = AbortSignal.timeout(PAGE_MS);
  try {
    return (await readingPool().recognise(image, { signal: AbortSignal.any([signal, late]) })).text;
  } catch (error) {
    signal.throwIfAborted();
    if (extractionCodeOf(error) || late.aborted) return null;
    throw error;
  }
}
