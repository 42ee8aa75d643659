import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { announcedPng } from "@/tests/support/hostile-files";
import { cleanImage } from "./clean-image.ts";
import { READING_LIMITS } from "./extraction.ts";
import { readImage } from "./image.ts";
import { readImageSize } from "./image-size.ts";

const read = (bytes: Uint8Array) => readImage(bytes, { limits: READING_LIMITS });
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "teal" } });

describe("a picture", () => {
  it.each(["png", "jpeg", "webp", "gif"] as const)("that is %s is a page to recognise", async (format) => {
    const bytes = await picture(30, 20).toFormat(format).toBuffer();

    expect(readImageSize(bytes)).toEqual({ width: 30, height: 20 });
    expect((await read(bytes)).pages).toEqual([{ kind: "image", label: null, text: "", needsRecognition: true }]);
  });

  it("knows the size of a lossless and of an extended WebP", async () => {
    expect(readImageSize(await picture(31, 17).webp({ lossless: true }).toBuffer())).toEqual({ width: 31, height: 17 });
    const extended = await picture(31, 17)
      .webp()
      .withExif({ IFD0: { Artist: "x" } })
      .toBuffer();
    expect(readImageSize(extended)).toEqual({ width: 31, height: 17 });
  });

  it("is refused by its header alone when it is giant", async () => {
    const start = performance.now();

    await expect(read(announcedPng(60_000, 60_000))).rejects.toMatchObject({ code: "too_large_inside" });
    await expect(cleanImage(announcedPng(200_000, 2), 4_096)).rejects.toMatchObject({ code: "too_large_inside" });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("is damaged when it is cut short", async () => {
    const noise = sharp(Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, index) => (index * 7_919) % 256)), {
      raw: { width: 300, height: 300, channels: 3 },
    });
    for (const format of ["png", "jpeg"] as const) {
      const whole = await noise.clone().toFormat(format).toBuffer();
      await expect(read(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({ code: "damaged" });
      await expect(read(whole.subarray(0, 12))).rejects.toMatchObject({ code: "damaged" });
    }
  });
});

describe("a cleaned picture", () => {
  it("stands upright and says nothing of its author nor of its place", async () => {
    const photograph = await picture(40, 20)
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExif({
        IFD0: { Artist: "Zoé", Make: "Telephone" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 51/1 24/1" },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
      .toBuffer();
    expect((await sharp(photograph).metadata()).exif).toBeDefined();

    const cleaned = await cleanImage(photograph, 4_096);

    const { exif, xmp, iptc, orientation, format, width, height } = await sharp(cleaned).metadata();
    expect({ exif, xmp, iptc, orientation, format }).toEqual({ format: "jpeg" });
    expect([width, height]).toEqual([20, 40]);
    expect(Buffer.from(cleaned).includes("Telephone")).toBe(false);
  });

  it("has at most so many pixels on a side", async () => {
    const { width, height } = await sharp(
      await cleanImage(await picture(6_000, 300).png().toBuffer(), 4_096),
    ).metadata();

    expect([width, height]).toEqual([4_096, 205]);
  });

  it("keeps the first frame of one that moves", async () => {
    const other = sharp({ create: { width: 10, height: 10, channels: 3, background: "red" } });
    const frames = await sharp([await picture(10, 10).png().toBuffer(), await other.png().toBuffer()], {
      join: { animated: true },
    })
      .gif()
      .toBuffer();
    expect((await sharp(frames, { animated: true }).metadata()).pages).toBe(2);

    const { format, pages } = await sharp(await cleanImage(frames, 4_096)).metadata();

    expect([format, pages]).toEqual(["png", undefined]);
  });
});
