import { decoded, openImage } from "./image-decoding.ts";

/** An A4 page at 200 dots per inch: what recognises by a model sees no more, and the picture has to travel. */
const SIDE_PIXELS_MAX = 2_400;
const QUALITY = 85;

/** A picture as it is sent to be recognised: upright, on white, of a size that can travel. */
export const toJpeg = (bytes: Uint8Array): Promise<Uint8Array> =>
  decoded(
    openImage(bytes)
      .autoOrient()
      .flatten({ background: "white" })
      .resize(SIDE_PIXELS_MAX, SIDE_PIXELS_MAX, { fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: QUALITY }),
  );
