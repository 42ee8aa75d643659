import { largest, smallest } from "./pdf-geometry.ts";
import { CELL_GAP, type Row, toCells } from "./pdf-lines.ts";
import type { Piece } from "./pdf-pieces.ts";

/** Rows from `first` to `last`, each cut at the same places: as many cells as there are columns, some of them empty. */
export type Table = { first: number; last: number; cells: Piece[][][] };

const ROWS_MIN = 3;
const COLUMNS_MAX = 30;
const CELL_CHARACTERS_MAX = 150;
/** Of the cells of a column: how many must start, end or be centred at the same place. */
const ALIGNED_SHARE_MIN = 0.7;

type Gap = { start: number; end: number };

/** The parts of a block that are clearly a table. What is not clear stays lines, whose words are the same. */
export function findTables(rows: readonly Row[]): Table[] {
  const tables: Table[] = [];
  for (let first = 0; first < rows.length; ) {
    const table = tableFrom(rows, first);
    if (table) tables.push(table);
    first = table ? table.last + 1 : first + 1;
  }
  return tables;
}

function tableFrom(rows: readonly Row[], first: number): Table | null {
  const start = rows[first];
  let gaps = start ? gapsOf(start) : [];
  if (gaps.length === 0) return null;
  const gapsMin = Math.max(1, Math.ceil(gaps.length / 2));
  let last = first;
  for (let row = rows[last + 1], above = start; row && above; row = rows[last + 1]) {
    const left = narrowed(gaps, row);
    const isFar = row.baseline - above.baseline > row.size * 4;
    if (left.length < gapsMin || isFar) break;
    gaps = left;
    last += 1;
    above = row;
  }
  while (last > first && toCells(rows[last] ?? emptyRow).length < 2) last -= 1;
  const cells = merged(rows.slice(first, last + 1), gaps);
  return cells && isClear(cells) ? { first, last, cells } : null;
}

const emptyRow: Row = { pieces: [], y: 0, bottom: 0, baseline: 0, size: 0 };

function gapsOf(row: Row): Gap[] {
  const cells = toCells(row);
  return cells.slice(1).map((cell, index) => ({
    start: largest((cells[index] ?? []).map((piece) => piece.x + piece.width)),
    end: cell[0]?.x ?? 0,
  }));
}

/** What is left of the gaps once a row is between them. */
function narrowed(gaps: readonly Gap[], row: Row): Gap[] {
  return gaps.flatMap((gap) => {
    let { start, end } = gap;
    for (const piece of row.pieces) {
      const pieceEnd = piece.x + piece.width;
      if (pieceEnd <= start || piece.x >= end) continue;
      if (piece.x <= start && pieceEnd >= end) return [];
      // A piece at one side of the gap makes it narrower; one in the middle leaves the wider part.
      if (pieceEnd - start < end - piece.x) start = Math.max(start, pieceEnd);
      else end = Math.min(end, piece.x);
    }
    return end - start >= row.size * CELL_GAP * 0.5 ? [{ start, end }] : [];
  });
}

/** The cells of each row. A line that only continues the cells above it is joined to them. */
function merged(rows: readonly Row[], gaps: readonly Gap[]): Piece[][][] | null {
  if (gaps.length + 1 > COLUMNS_MAX) return null;
  const cells: Piece[][][] = [];
  let above: Row | null = null;
  for (const row of rows) {
    const own: Piece[][] = Array.from({ length: gaps.length + 1 }, () => []);
    for (const piece of row.pieces) own[gaps.filter((gap) => piece.x >= gap.end - 0.5).length]?.push(piece);
    const last = cells.at(-1);
    const isTight = above !== null && row.baseline - above.baseline < row.size * 1.45;
    const filled = own.filter((cell) => cell.length > 0).length;
    if (last && isTight && own[0]?.length === 0 && filled < own.length && filled <= countFilled(last)) {
      own.forEach((cell, column) => {
        last[column]?.push(...cell);
      });
    } else cells.push(own);
    above = row;
  }
  return cells;
}

const countFilled = (row: readonly Piece[][]): number => row.filter((cell) => cell.length > 0).length;

function isClear(rows: readonly Piece[][][]): boolean {
  const columns = rows[0]?.length ?? 0;
  if (rows.length < ROWS_MIN || columns < 2) return false;
  if (rows.filter((row) => countFilled(row) >= 2).length < Math.max(ROWS_MIN, rows.length * 0.6)) return false;
  for (let column = 0; column < columns; column += 1) {
    const cells = rows.map((row) => row[column] ?? []).filter((cell) => cell.length > 0);
    if (cells.length < rows.length * 0.4) return false;
    if (cells.some((cell) => cell.reduce((sum, { text }) => sum + text.length, 0) > CELL_CHARACTERS_MAX)) return false;
    if (!isAligned(cells)) return false;
  }
  return true;
}

function isAligned(cells: readonly Piece[][]): boolean {
  const places = cells.map((cell) => {
    const start = smallest(cell.map((piece) => piece.x));
    const end = largest(cell.map((piece) => piece.x + piece.width));
    return { start, end, middle: (start + end) / 2, size: cell[0]?.size ?? 10 };
  });
  return (["start", "end", "middle"] as const).some((side) =>
    places.some((place) => {
      const same = places.filter((other) => Math.abs(other[side] - place[side]) < place.size * 0.3);
      return same.length >= places.length * ALIGNED_SHARE_MIN;
    }),
  );
}
