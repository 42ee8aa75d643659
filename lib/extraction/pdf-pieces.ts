import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { ExtractionError } from "./extraction.ts";
import { cleanText } from "./pdf-characters.ts";
import { type Box, type Matrix, multiply, turnedBox } from "./pdf-geometry.ts";

/** Text that was drawn at once: no gap in it is wider than half its size. */
export type Piece = {
  text: string;
  /** Where it is once its page is turned so that its text is read from left to right; `y` is its top. */
  x: number;
  y: number;
  width: number;
  height: number;
  baseline: number;
  /** Of its characters, in points. */
  size: number;
  isRtl: boolean;
  /** Written from top to bottom, as Japanese may be. */
  isVertical: boolean;
  /** Something blank was drawn just before it. */
  isAfterSpace: boolean;
  /** Its place among what is drawn; null when it was put there by a reader of the form. */
  order: number | null;
  /** Clockwise, in degrees, from 0 to 359. */
  angle: number;
  /** Where it is on the page, origin top left. */
  box: Box;
};

const SKEW_DEGREES_MAX = 2;
const DEFAULT_ASCENT = 0.8;

/** The pieces of text of a page, in the order in which they are drawn. Fails with `too_large_inside` past `charactersMax`. */
export async function readPieces(page: PDFPageProxy, charactersMax: number): Promise<Piece[]> {
  const viewport = page.getViewport({ scale: 1 });
  const toPage = viewport.transform as Matrix;
  const unit = Math.hypot(toPage[0], toPage[1]) || 1;
  const pieces: Piece[] = [];
  const styles = new Map<string, { ascent: number; descent: number }>();
  const reader = page.streamTextContent().getReader() as ReadableStreamDefaultReader<TextChunk>;
  let characters = 0;
  let isAfterSpace = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    for (const [name, style] of Object.entries(value.styles)) styles.set(name, style);
    for (const item of value.items) {
      if (item.str === undefined) continue;
      characters += item.str.length;
      const text = cleanText(item.str);
      if (text.trim() === "") {
        isAfterSpace ||= item.str !== "" || item.hasEOL;
        continue;
      }
      const matrix = multiply(toPage, item.transform);
      // Of a font that does not say how wide its letters are.
      if (!Number.isFinite(item.width))
        item.width = (Math.hypot(item.transform[0], item.transform[1]) * text.length) / 2;
      if (!Number.isFinite(item.height)) item.height = 0;
      const ascent = styles.get(item.fontName)?.ascent ?? 0;
      const piece = toPiece(
        { ...item, str: text },
        matrix,
        unit,
        ascent > 0.4 && ascent < 1.2 ? ascent : DEFAULT_ASCENT,
      );
      if (piece) pieces.push({ ...piece, isAfterSpace: isAfterSpace || /^\s/.test(text), order: pieces.length });
      isAfterSpace = item.hasEOL || /\s$/.test(text);
    }
    if (characters > charactersMax) {
      void drain(reader);
      throw new ExtractionError("too_large_inside");
    }
  }
  return withoutShadows(pieces);
}

/**
 * Takes what is still to come, until closing the document ends it: pdf.js writes in a stream that was cancelled, and does not
 * close a document while a stream waits for its reader.
 */
async function drain(reader: ReadableStreamDefaultReader<TextChunk>): Promise<void> {
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read());
  } catch {
    // that is how it ends
  }
}

type TextItem = {
  str: string;
  dir: string;
  transform: Matrix;
  width: number;
  height: number;
  fontName: string;
  hasEOL: boolean;
};
type TextChunk = { items: TextItem[]; styles: Record<string, { ascent: number; descent: number }> };

function toPiece(item: TextItem, matrix: Matrix, unit: number, ascent: number) {
  const size = Math.hypot(matrix[2], matrix[3]);
  if (!matrix.every(Number.isFinite) || !(size > 0)) return null;
  const isVertical = item.dir === "ttb";
  const angle = isVertical ? 0 : toAngle(matrix);
  const turned = turnedBox({
    origin: { x: matrix[4], y: matrix[5] },
    angle,
    along: (isVertical ? Math.min(item.width, item.height) || size : item.width) * unit,
    up: isVertical ? 0 : size * ascent,
    down: isVertical ? item.height * unit : size * (1 - ascent),
  });
  const { frame, box } = turned;
  return {
    text: item.str.trim(),
    ...frame,
    baseline: frame.y + (isVertical ? 0 : size * ascent),
    size,
    isRtl: item.dir === "rtl",
    isVertical,
    angle,
    box,
  };
}

function toAngle(matrix: Matrix): number {
  const degrees = (Math.atan2(matrix[1], matrix[0]) * 180) / Math.PI;
  const right = Math.round(degrees / 90) * 90;
  const kept = Math.abs(degrees - right) <= SKEW_DEGREES_MAX ? right : Math.round(degrees);
  return (kept + 360) % 360;
}

/** Bold may be made by drawing twice, a little aside: what is drawn again is no other word. */
function withoutShadows(pieces: Piece[]): Piece[] {
  const seen = new Map<string, Piece[]>();
  return pieces.filter((piece) => {
    const same = seen.get(piece.text);
    const reach = piece.size * 0.15;
    if (same?.some((other) => Math.abs(other.x - piece.x) < reach && Math.abs(other.y - piece.y) < reach)) return false;
    if (!same) seen.set(piece.text, [piece]);
    else if (same.length < SAME_TEXT_MAX) same.push(piece);
    return true;
  });
}
/** A table of zeros has thousands: what is compared stays bounded. */
const SAME_TEXT_MAX = 200;
