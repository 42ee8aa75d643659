import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import { type Matrix, multiply } from "./pdf-geometry.ts";

export type Visible = {
  /** An image, a drawing, or letters: anything that a reader sees on the page. */
  isAnything: boolean;
  /** The largest image's part of the page, from 0 to 1. */
  imageShare: number;
};

const images = new Set<number>([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintImageMaskXObject,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageXObjectRepeat,
  OPS.paintImageMaskXObjectRepeat,
]);
const letters = new Set<number>([
  OPS.showText,
  OPS.showSpacedText,
  OPS.nextLineShowText,
  OPS.nextLineSetSpacingShowText,
]);
const fills = new Set<number>([OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke]);
const strokes = new Set<number>([OPS.stroke, OPS.closeStroke, OPS.fillStroke, OPS.eoFillStroke, OPS.closeFillStroke]);
const INVISIBLE_TEXT = 3;
const NESTED_MAX = 1_000;

type State = { matrix: Matrix; fill: unknown; stroke: unknown; textMode: number };

/** What there is to see on a page, in what it draws. White on white is nothing. */
export async function look(page: PDFPageProxy): Promise<Visible> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const viewport = page.getViewport({ scale: 1 });
  const area = Math.max(1, viewport.width * viewport.height);
  const seen: Visible = { isAnything: false, imageShare: 0 };
  let state: State = { matrix: viewport.transform as Matrix, fill: "#000000", stroke: "#000000", textMode: 0 };
  const saved: State[] = [];
  fnArray.forEach((operator: number, index: number) => {
    const args: unknown[] = argsArray[index] ?? [];
    if (operator === OPS.save || operator === OPS.paintFormXObjectBegin) {
      if (saved.length < NESTED_MAX) saved.push({ ...state });
      if (operator === OPS.paintFormXObjectBegin && isMatrix(args[0])) state.matrix = multiply(state.matrix, args[0]);
    } else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) state = saved.pop() ?? state;
    else if (operator === OPS.transform && isMatrix(args)) state.matrix = multiply(state.matrix, args);
    else if (operator === OPS.setTextRenderingMode) state.textMode = Number(args[0]);
    else if (operator === OPS.setFillRGBColor) state.fill = args[0];
    else if (operator === OPS.setStrokeRGBColor) state.stroke = args[0];
    else if (images.has(operator)) {
      const [a, b, c, d] = state.matrix;
      seen.isAnything = true;
      seen.imageShare = Math.max(seen.imageShare, Math.min(1, Math.abs(a * d - b * c) / area));
    } else if (letters.has(operator)) seen.isAnything ||= state.textMode !== INVISIBLE_TEXT;
    else if (operator === OPS.shadingFill) seen.isAnything = true;
    else if (operator === OPS.constructPath) seen.isAnything ||= isDrawn(args[0], state);
  });
  return seen;
}

/** pdf.js gives a path together with what is done of it. */
function isDrawn(paint: unknown, { fill, stroke }: State): boolean {
  if (typeof paint !== "number") return false;
  return (fills.has(paint) && fill !== "#ffffff") || (strokes.has(paint) && stroke !== "#ffffff");
}

const isMatrix = (value: unknown): value is Matrix =>
  (Array.isArray(value) || ArrayBuffer.isView(value)) && Array.from(value as ArrayLike<unknown>).length === 6;
