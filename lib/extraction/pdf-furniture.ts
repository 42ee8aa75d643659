import { toRows } from "./pdf-lines.ts";
import type { Piece } from "./pdf-pieces.ts";

/** Of the height of the page, at the top and at the bottom: where headers and footers are. */
const MARGIN = 0.12;
const PAGES_MIN = 3;
const SHARE_MIN = 0.25;
/** Repeated so often, it is furniture of a part of a long document. */
const PAGES_ENOUGH = 10;
const HEIGHT_STEP = 4;
const LINES_KNOWN_MAX = 60_000;

/** `number` is its place in the document, from any start. */
type PageOfPieces = { pieces: Piece[]; height: number; number: number };

/** Learns, page after page, which lines come again at the same height: headers, footers, page numbers. */
export function knowFurniture() {
  const pagesWith = new Map<string, number>();
  let pages = 0;
  const given = new Set<string>();

  function isFurniture(key: string): boolean {
    const count = pagesWith.get(key) ?? 0;
    return count >= PAGES_MIN && (count >= PAGES_ENOUGH || count >= pages * SHARE_MIN);
  }

  return {
    learn(page: PageOfPieces): void {
      pages += 1;
      for (const key of new Set(marginLines(page).flatMap((line) => line.keys))) {
        const count = pagesWith.get(key) ?? 0;
        if (count > 0 || pagesWith.size < LINES_KNOWN_MAX) pagesWith.set(key, count + 1);
      }
    },
    /** Separates the pieces of a page: what was on an earlier page already is `repeated`. */
    sort(page: PageOfPieces): { body: Piece[]; repeated: Piece[] } {
      const repeated = new Set<Piece>();
      for (const { keys, row } of marginLines(page)) {
        const known = keys.find(isFurniture);
        if (known === undefined) continue;
        if (given.has(known)) for (const piece of row) repeated.add(piece);
        given.add(known);
      }
      return {
        body: page.pieces.filter((piece) => !repeated.has(piece)),
        repeated: page.pieces.filter((piece) => repeated.has(piece)),
      };
    },
  };
}

/** The lines near the edges. They are the same on two pages when a number in them, first or last, grows as the pages do. */
function marginLines({ pieces, height, number }: PageOfPieces): { keys: string[]; row: Piece[] }[] {
  const near = pieces.filter(
    ({ angle, isVertical, y, height: own, order }) =>
      angle === 0 && !isVertical && order !== null && (y + own < height * MARGIN || y > height * (1 - MARGIN)),
  );
  return toRows(near).map(({ pieces: row, baseline }) => {
    const text = row.map((piece) => piece.text).join(" ");
    const counted = (digits: string) => `#${Number(digits) - number}`;
    const texts = new Set([text, text.replace(/\d+/, counted), text.replace(/\d+(?=\D*$)/, counted)]);
    return { keys: [...texts].map((some) => `${Math.round(baseline / HEIGHT_STEP)} ${some}`), row };
  });
}
