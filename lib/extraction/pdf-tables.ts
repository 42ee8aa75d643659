import { largest, smallest } from "./pdf-geometry.ts";
import { CELL_GAP, type Row, toCells } from "./pdf-lines.ts";
import type { Piece } from "./pdf-pieces.ts";

/** Rows from `first` to `last`, each cut at the same places: as many cells as there are columns, some of them empty. */
export type Table = { first: number; last: number; cells: Piece[][][] };

const ROWS_MIN = 3;
const COLUMNS_MAX = 30;
const CELL_CHARACTERS_MAX = 90;
const LONG_CELL_CHARACTERS_MAX = 1_500;
/** Of the rows: how many must have something in each column. */
const FILLED_SHARE_MIN = 0.4;
const CONTINUED_SHARE_MAX = 0.85;
/** A column of these is a list. */
const LIST_MARK = /^(?:\S|\(?\w{1,4}[.)°]|\(?\w{1,4}\)|\d{1,2}(?:\.\d{1,2})*\.?-?)$/u;
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
  const columns = gaps.length + 1;
  let last = first;
  for (let row = rows[last + 1], above = start; row && above; row = rows[last + 1]) {
    const left = narrowed(gaps, row);
    const isFar = row.baseline - above.baseline > row.size * 4;
    // Where there are many more cells, another table starts.
    if (left.length < Math.max(1, gaps.length / 2, columns / 2) || isFar || toCells(row).length >= columns * 2) break;
    gaps = left;
    last += 1;
    above = row;
  }
  if (gaps.length + 1 > COLUMNS_MAX) return null;
  const cut = rows.slice(first, last + 1).map((row) => toColumns(row, gaps));
  const joined = joinLines(cut);
  for (let end = joined.at(-1); end && countFilled(end.cells) < 2; end = joined.at(-1)) {
    last -= end.lines;
    joined.pop();
  }
  const cells = joined.map((row) => row.cells);
  const hasLongCells = joined.some(({ lines }) => lines > 1);
  return isClear(cells, hasLongCells) ? { first, last, cells } : null;
}

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

function toColumns(row: Row, gaps: readonly Gap[]): Piece[][] {
  const cells: Piece[][] = Array.from({ length: gaps.length + 1 }, () => []);
  for (const piece of row.pieces) cells[gaps.filter((gap) => piece.x >= gap.end - 0.5).length]?.push(piece);
  return cells;
}

/** `lines`: how many rows of text there are in it. */
type JoinedRow = { cells: Piece[][]; lines: number };

/** Joins the lines of cells that have several. They are known by their being drawn one just after the other. */
function joinLines(rows: readonly Piece[][][]): JoinedRow[] {
  const isContinued = rows.map(() => false);
  const columns = rows[0]?.length ?? 0;
  for (let column = 0; column < columns; column += 1) {
    let above = { index: 0, last: rows[0]?.[column]?.at(-1) };
    for (let index = 1; index < rows.length; index += 1) {
      const cell = rows[index]?.[column] ?? [];
      if (cell.length === 0) continue;
      if (follows(above.last, cell[0])) isContinued.fill(true, above.index + 1, index + 1);
      above = { index, last: cell.at(-1) };
    }
  }
  const continued = isContinued.filter(Boolean).length;
  // With too many of them, columns were drawn one after the other, and this says nothing of the lines.
  const isKnown = continued <= (rows.length - 1) * CONTINUED_SHARE_MAX;
  const joined: JoinedRow[] = [];
  rows.forEach((row, index) => {
    const last = joined.at(-1);
    if (isKnown && isContinued[index] && last) {
      for (const [column, cell] of row.entries()) last.cells[column]?.push(...cell);
      last.lines += 1;
    } else joined.push({ cells: row.map((cell) => [...cell]), lines: 1 });
  });
  return joined;
}

function follows(above: Piece | undefined, piece: Piece | undefined): boolean {
  if (!above || !piece || above.order === null || piece.order !== above.order + 1) return false;
  return piece.baseline - above.baseline < Math.max(piece.size, above.size) * 1.45;
}

const countFilled = (row: readonly Piece[][]): number => row.filter((cell) => cell.length > 0).length;

function isClear(rows: readonly Piece[][][], hasLongCells: boolean): boolean {
  const columns = rows[0]?.length ?? 0;
  const rowsMin = hasLongCells ? 2 : ROWS_MIN;
  if (rows.length < rowsMin || columns < 2) return false;
  if (rows.filter((row) => countFilled(row) >= 2).length < Math.max(rowsMin, rows.length * 0.6)) return false;
  if (rows.every(([cell]) => cell?.length === 0 || LIST_MARK.test(toText(cell ?? [])))) return false;
  for (let column = 0; column < columns; column += 1) {
    const cells = rows.map((row) => row[column] ?? []).filter((cell) => cell.length > 0);
    if (cells.length < rows.length * FILLED_SHARE_MIN) return false;
    const charactersMax = hasLongCells ? LONG_CELL_CHARACTERS_MAX : CELL_CHARACTERS_MAX;
    if (cells.some((cell) => toText(cell).length > charactersMax)) return false;
    if (!isAligned(cells)) return false;
  }
  return true;
}

const toText = (cell: readonly Piece[]): string => cell.map(({ text }) => text).join(" ");

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
