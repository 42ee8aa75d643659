import { toRows } from "./pdf-lines.ts";
import type { Piece } from "./pdf-pieces.ts";

/** Of the height of the page, at the top and at the bottom: where headers and footers are. */
const MARGIN = 0.12;
const PAGES_MIN = 3;
const SHARE_MIN = 0.25;
/** Repeated so often, it is furniture of a part of a long document. */
const PAGES_ENOUGH = 10;
const HEIGHT_STEP = 4;
const LINES_KNOWN_MAX = 20_000;

type PageOfPieces = { pieces: Piece[]; height: number };

/** Learns, page after page, which lines come again at the same height: headers, footers, page numbers. */
export function knowFurniture() {
  const pagesWith = new Map<string, number>();
  let pages = 0;
  const given = new Set<string>();

  return {
    learn(page: PageOfPieces): void {
      pages += 1;
      for (const key of new Set(marginLines(page).map((line) => line.key))) {
        const count = pagesWith.get(key) ?? 0;
        if (count > 0 || pagesWith.size < LINES_KNOWN_MAX) pagesWith.set(key, count + 1);
      }
    },
    /** Separates the pieces of a page: what was on an earlier page already is `repeated`. */
    sort({ pieces, height }: PageOfPieces): { body: Piece[]; repeated: Piece[] } {
      const repeated = new Set<Piece>();
      for (const { key, row } of marginLines({ pieces, height })) {
        const count = pagesWith.get(key) ?? 0;
        if (count < PAGES_MIN || (count < PAGES_ENOUGH && count < pages * SHARE_MIN)) continue;
        if (given.has(key)) for (const piece of row) repeated.add(piece);
        given.add(key);
      }
      return {
        body: pieces.filter((piece) => !repeated.has(piece)),
        repeated: pieces.filter((piece) => repeated.has(piece)),
      };
    },
  };
}

/** The lines near the edges. Those that differ by their numbers only are the same. */
function marginLines({ pieces, height }: PageOfPieces): { key: string; row: Piece[] }[] {
  const near = pieces.filter(
    ({ angle, isVertical, y, height: own, order }) =>
      angle === 0 && !isVertical && order !== null && (y + own < height * MARGIN || y > height * (1 - MARGIN)),
  );
  return toRows(near).map(({ pieces: row, baseline }) => ({
    key: `${Math.round(baseline / HEIGHT_STEP)} ${row.map(({ text }) => text.replace(/\d+/g, "#")).join(" ")}`,
    row,
  }));
}
