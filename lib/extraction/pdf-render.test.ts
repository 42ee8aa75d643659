import sharp from "sharp";
import { expect, it } from "vitest";
import { pdfWriter, show } from "../../tests/support/pdf-writer.ts";
import { renderPdfPage } from "./pdf-render.ts";

const aPage = (size: [number, number], content: string) => {
  const writer = pdfWriter();
  writer.page({ content, size });
  return writer.bytes({ user: "", owner: "maître" });
};

it("draws black text on white, as large as asked", async () => {
  const { png, width, height, pixelsPerPoint } = await renderPdfPage(
    aPage([288, 144], show(20, 60, "Bonjour", 60)),
    1,
    { dpi: 144 },
  );
  expect({ width, height, pixelsPerPoint }).toEqual({ width: 576, height: 288, pixelsPerPoint: 2 });
  const image = sharp(png);
  expect(await image.metadata()).toMatchObject({ format: "png", width: 576, height: 288 });
  const { channels } = await image.stats();
  expect(channels[0]).toMatchObject({ min: 0, max: 255 });
  expect(channels[0]?.mean).toBeGreaterThan(180);
  expect(channels[0]?.mean).toBeLessThan(250);
});

it("draws a huge page with fewer dots per inch rather than too many pixels", async () => {
  const { width, height, pixelsPerPoint } = await renderPdfPage(aPage([14_400, 7_200], ""), 1, { dpi: 300 });
  expect(width * height).toBeLessThanOrEqual(20_000_000);
  expect(width).toBeGreaterThan(6_000);
  expect(pixelsPerPoint).toBeLessThan(300 / 72);
  const thin = await renderPdfPage(aPage([14_400, 3], ""), 1, { dpi: 300 });
  expect(thin.width).toBeLessThanOrEqual(16_000);
});

it("draws no page that is not there", async () => {
  await expect(renderPdfPage(aPage([100, 100], ""), 2, { dpi: 72 })).rejects.toMatchObject({ code: "damaged" });
});
