import sharp, { type Sharp } from "sharp";
import { ExtractionError } from "./extraction.ts";
import { readImageSize } from "./image-size.ts";

/** An A3 page at 600 dots per inch has 70 million. */
const IMAGE_PIXELS_MAX = 80_000_000;
const SIDE_PIXELS_MAX = 65_000;

/** Opens the first frame of an image, refused by its header when it is giant. Nothing is decoded yet. */
export function openImage(bytes: Uint8Array): Sharp {
  const size = readImageSize(bytes);
  if (!size || size.width === 0 || size.height === 0) throw new ExtractionError("damaged");
  if (size.width * size.height > IMAGE_PIXELS_MAX || Math.max(size.width, size.height) > SIDE_PIXELS_MAX)
    throw new ExtractionError("too_large_inside");
  return sharp(bytes, { limitInputPixels: IMAGE_PIXELS_MAX, failOn: "error", pages: 1, sequentialRead: true });
}

/** Decodes; what cannot be is `damaged`. */
export async function decoded(image: Sharp): Promise<Buffer> {
  try {
    return await image.toBuffer();
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit/i.test(error.message);
    throw new ExtractionError(isTooLarge ? "too_large_inside" : "damaged", { cause: error });
  }
}
