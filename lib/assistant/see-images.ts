import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { listFileStates } from "@/lib/documents/queries";
import { isImage } from "@/lib/documents/rules";
import type { AttachedDocument } from "@/lib/documents/schema";
import { extractionCodeOf } from "@/lib/extraction/extraction";
import { fileStorage, isFileMissing } from "@/lib/providers/file-storage";
import type { ModelImage } from "@/lib/providers/llm";
import { readingPool } from "@/lib/providers/reading";
import { marked } from "./prompts/marked";

/** The most recent ones, and no more than fit in half of the context. */
const IMAGES_MAX = 6;
const SHARE_MAX = 0.5;
/** What models look at; more is only scaled down by them. */
const SIDE_PIXELS_MAX = 2_048;
/** What an image takes of the context, about, whatever the model. */
export const IMAGE_TOKENS = 1_500;

/**
 * The images among the documents of a turn, as a model that sees is shown them: upright, scaled down, without the place where
 * they were taken; `budget` in tokens. One that cannot be read any more is left out.
 */
export async function showImages(
  actor: Actor,
  documents: readonly AttachedDocument[],
  budget: number,
  signal: AbortSignal,
): Promise<ModelImage[]> {
  const numbered = documents.map((document, index) => ({ ...document, number: index + 1 }));
  const states = await listFileStates(
    actor,
    documents.flatMap(({ fileId }) => fileId ?? []),
  );
  const images = numbered.filter(({ fileId }) =>
    states.some(({ id, type, state }) => id === fileId && isImage(type) && (state === "read" || state === "ready")),
  );
  const shown: ModelImage[] = [];
  const imagesMax = Math.min(IMAGES_MAX, Math.floor((budget * SHARE_MAX) / IMAGE_TOKENS));
  for (const { fileId, name, number } of images.slice(Math.max(0, images.length - imagesMax))) {
    const bytes = fileId && (await cleaned(fileId, signal));
    if (bytes)
      shown.push({ title: `Document ${number} :\n${marked("image", name)}`, mediaType: mediaTypeOf(bytes), bytes });
  }
  return shown;
}

async function cleaned(fileId: string, signal: AbortSignal): Promise<Uint8Array | null> {
  try {
    return await fileStorage().withLocalPath(fileId, (path) =>
      readingPool().clean({ path, sidePixelsMax: SIDE_PIXELS_MAX }, { signal }),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (extractionCodeOf(error) || isFileMissing(error)) return null;
    throw error;
  }
}

/** Of what `cleanImage` gives. */
const mediaTypeOf = ([first]: Uint8Array): string =>
  first === 0xff ? "image/jpeg" : first === 0x52 ? "image/webp" : "image/png";
