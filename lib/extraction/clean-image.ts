import { decoded, openImage } from "./image-decoding.ts";

/**
 * The same picture, upright, without anything else: no place, no camera, no author. At most `sidePixelsMax` on a side, one
 * frame; a JPEG stays a JPEG, a WebP a WebP, anything else becomes a PNG. Throws `too_large_inside` and `damaged`.
 */
export async function cleanImage(bytes: Uint8Array, sidePixelsMax: number): Promise<Uint8Array> {
  const image = openImage(bytes)
    .autoOrient()
    .resize(sidePixelsMax, sidePixelsMax, { fit: "inside", withoutEnlargement: true });
  if (bytes[0] === 0xff) return decoded(image.jpeg({ quality: 88 }));
  if (bytes[0] === 0x52) return decoded(image.webp({ quality: 88 }));
  return decoded(image.png());
}
