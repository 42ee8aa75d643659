import { largest, median, smallest } from "./pdf-geometry.ts";
import { CELL_GAP, type Row, toCells, toRows } from "./pdf-lines.ts";
import type { Piece } from "./pdf-pieces.ts";

/** A page cut more often than this is no page of text. */
const DEPTH_MAX = 12;
const GUTTERS_TRIED_MAX = 60;
/** Of characters, in a line of running text. */
const TEXT_LINE_MIN = 25;
const CELL_TEXT_MAX = 20;

/**
 * Cuts pieces in blocks, in reading order: columns side by side are read one after the other, the rows of a table are not cut.
 * A gutter is blank from top to bottom of the lines that it separates. Whether what is on each side is read apart is told by the
 * order in which it was drawn, since authors' tools draw a column to its end and a table row by row; failing that, by its look.
 */
export function toBlocks(pieces: readonly Piece[], depth = 0): Piece[][] {
  if (pieces.length < 4 || depth > DEPTH_MAX) return pieces.length > 0 ? [[...pieces]] : [];
  const rows = toRows(pieces);
  const gutter = findGutter(rows);
  if (!gutter) return [[...pieces]];
  const inside = rows.slice(gutter.first, gutter.last + 1).flatMap((row) => row.pieces);
  const columns = [inside.filter((piece) => piece.x < gutter.x), inside.filter((piece) => piece.x >= gutter.x)];
  if (isRtl(inside)) columns.reverse();
  return [
    rows.slice(0, gutter.first).flatMap((row) => row.pieces),
    ...columns,
    rows.slice(gutter.last + 1).flatMap((row) => row.pieces),
  ].flatMap((part) => toBlocks(part, depth + 1));
}

const isRtl = (pieces: readonly Piece[]): boolean => pieces.filter((piece) => piece.isRtl).length > pieces.length * 0.6;

type Gutter = { x: number; first: number; last: number };

function findGutter(rows: readonly Row[]): Gutter | null {
  let best: (Gutter & { worth: number }) | null = null;
  for (const x of candidates(rows)) {
    for (const { first, last } of blankRuns(rows, x)) {
      if (best && last - first + 1 <= best.worth) continue;
      const found = columnsAround(rows.slice(first, last + 1), x);
      if (found) best = { x, first: first + found.first, last: first + found.last, worth: last - first + 1 };
    }
  }
  return best;
}

/** Where gaps are, the most frequent first. */
function candidates(rows: readonly Row[]): number[] {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const cells = toCells(row);
    for (let index = 1; index < cells.length; index += 1) {
      const before = cells[index - 1] ?? [];
      const start = Math.round(cells[index]?.[0]?.x ?? 0);
      const end = largest(before.map((piece) => piece.x + piece.width));
      for (const x of [start - 1, Math.round((start + end) / 2)]) counts.set(x, (counts.get(x) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, GUTTERS_TRIED_MAX)
    .map(([x]) => x);
}

/** The longest stretches of rows that nothing crosses at `x`. */
function blankRuns(rows: readonly Row[], x: number): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  let first = 0;
  for (let index = 0; index <= rows.length; index += 1) {
    const row = rows[index];
    if (row && !row.pieces.some((piece) => piece.x < x && piece.x + piece.width > x)) continue;
    if (index - first >= 2) runs.push({ first, last: index - 1 });
    first = index + 1;
  }
  return runs;
}

/** The rows, among those given, where what is on each side of `x` is read apart; null when there are none. */
function columnsAround(rows: readonly Row[], x: number): { first: number; last: number } | null {
  const sides = rows.map((row) => ({
    left: row.pieces.filter((piece) => piece.x < x),
    right: row.pieces.filter((piece) => piece.x >= x),
  }));
  // What is above the first row with something on the left, or with both, keeps its natural place.
  const first = sides.findIndex(({ left, right }) => left.length > 0 && right.length > 0);
  const lastRight = sides.findLastIndex(({ right }) => right.length > 0);
  if (first < 0) return null;
  const left = sides.slice(first).flatMap((side) => side.left);
  const right = sides.slice(first).flatMap((side) => side.right);
  const last = lastTogether(rows, first, lastRight);
  const size = median(rows.map((row) => row.size));
  const width = smallest(right.map((piece) => piece.x)) - largest(left.map((piece) => piece.x + piece.width));
  if (width < size * CELL_GAP * 0.8) return null;
  return areApart(toRows(left.filter(isDrawn)), toRows(right.filter(isDrawn)), width / size) ? { first, last } : null;
}

/** A left column may go on below the end of the right one, as long as no blank line comes between. */
function lastTogether(rows: readonly Row[], first: number, lastRight: number): number {
  let last = Math.max(first, lastRight);
  for (let next = rows[last + 1], row = rows[last]; next && row; next = rows[last + 1], row = rows[last]) {
    if (next.y - row.bottom > row.size * 1.2 || next.size > row.size * 1.15) break;
    last += 1;
  }
  return last;
}

const isDrawn = (piece: Piece): boolean => piece.order !== null;

function areApart(left: Row[], right: Row[], gutterWidth: number): boolean {
  if (left.length < 2 || right.length < 2) return false;
  const rowsMin = Math.min(left.length, right.length);
  const lengths = { left: median(left.map(textLength)), right: median(right.map(textLength)) };
  const isText = Math.min(lengths.left, lengths.right) >= TEXT_LINE_MIN;
  const switches = countSwitches(left, right);
  if (switches <= 1 + 0.1 * rowsMin) {
    if (isText) return true;
    const isTable = Math.min(lengths.left, lengths.right) < CELL_TEXT_MAX && rowsMin >= 3 && areAligned(left, right);
    return !isTable && (gutterWidth >= 2 || rowsMin >= 4);
  }
  return isText && rowsMin >= 8 && isRunning(left) && isRunning(right) && switches > rowsMin;
}

const textLength = (row: Row): number => row.pieces.reduce((sum, { text }) => sum + text.length, 0);

/** How many times drawing passes from one side to the other. */
function countSwitches(left: readonly Row[], right: readonly Row[]): number {
  const drawn = [...left.map((row) => ({ row, side: 0 })), ...right.map((row) => ({ row, side: 1 }))]
    .flatMap(({ row, side }) => row.pieces.map((piece) => ({ order: piece.order ?? 0, side })))
    .sort((a, b) => a.order - b.order);
  return drawn.filter(({ side }, index) => index > 0 && side !== drawn[index - 1]?.side).length;
}

/** Most lines of the shorter side are on a line of the other. Both are from top to bottom. */
function areAligned(left: readonly Row[], right: readonly Row[]): boolean {
  const [few, many] = left.length < right.length ? [left, right] : [right, left];
  let next = 0;
  const shared = few.filter((row) => {
    const reach = row.size * 0.15;
    while ((many[next]?.baseline ?? Number.POSITIVE_INFINITY) < row.baseline - reach) next += 1;
    return Math.abs((many[next]?.baseline ?? Number.POSITIVE_INFINITY) - row.baseline) < reach;
  });
  return shared.length >= few.length * 0.8;
}

/** Lines of one piece of text that fill their column. */
function isRunning(rows: readonly Row[]): boolean {
  const start = smallest(rows.map((row) => row.pieces[0]?.x ?? 0));
  const ends = rows.map((row) => largest(row.pieces.map((piece) => piece.x + piece.width)));
  const width = largest(ends) - start;
  const full = ends.filter((end) => end - start > width * 0.8);
  return full.length >= rows.length * 0.7 && rows.every((row) => toCells(row).length === 1);
}
