import type { Reader } from "./extraction.ts";
import { decoded, openImage } from "./image-decoding.ts";

/** A picture has no text of its own: one page to be recognised. Throws `too_large_inside` and `damaged`. */
export const readImage: Reader = async (bytes) => {
  // Decoded whole, in little memory: an image that is cut short is told now.
  await decoded(openImage(bytes).resize(64, 64, { fit: "inside" }).raw());
  return { pages: [{ kind: "image", label: null, text: "", needsRecognition: true }], outline: [], warnings: [] };
};
