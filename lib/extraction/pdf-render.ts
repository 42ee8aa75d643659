import { createCanvas } from "@napi-rs/canvas";
import { ExtractionError } from "./extraction.ts";
import { withPdf } from "./pdf-document.ts";

/** What recognition needs at most: an A3 page at 300 dots per inch has 17 million. */
const PIXELS_MAX = 20_000_000;
const POINTS_PER_INCH = 72;
/** Of no use to recognition, and some canvases refuse longer ones. */
const SIDE_MAX = 16_000;

export type PageImage = { png: Uint8Array; width: number; height: number; pixelsPerPoint: number };

/**
 * Draws a page, from 1, for text recognition: on white, with what is written in its form. It has fewer dots per inch than
 * asked when it would have too many pixels. Fails as a reader does, and with `damaged` when there is no such page.
 */
export const renderPdfPage = (
  bytes: Uint8Array,
  pageNumber: number,
  { dpi, password }: { dpi: number; password?: string | undefined },
): Promise<PageImage> =>
  withPdf(bytes, password, async (document) => {
    if (!Number.isInteger(pageNumber) || pageNumber < 1 || pageNumber > document.numPages)
      throw new ExtractionError("damaged");
    const page = await document.getPage(pageNumber);
    const size = page.getViewport({ scale: 1 });
    const pixelsPerPoint = Math.min(
      dpi / POINTS_PER_INCH,
      Math.sqrt(PIXELS_MAX / (size.width * size.height)),
      SIDE_MAX / Math.max(size.width, size.height),
    );
    const viewport = page.getViewport({ scale: pixelsPerPoint });
    const width = Math.max(1, Math.floor(viewport.width));
    const height = Math.max(1, Math.floor(viewport.height));
    const canvas = createCanvas(width, height);
    // The interface of a browser's canvas, of which pdf.js uses what this one has.
    await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport, background: "#ffffff" }).promise;
    return { png: await canvas.encode("png"), width, height, pixelsPerPoint };
  });
