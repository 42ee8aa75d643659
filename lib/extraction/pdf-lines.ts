import { composed, isCjk } from "./pdf-characters.ts";
import type { Piece } from "./pdf-pieces.ts";

/** Pieces on one baseline, from left to right. */
export type Row = { pieces: Piece[]; y: number; bottom: number; baseline: number; size: number };

/** Two pieces are on one line when they share this part of the lower one's height. */
const SHARED_HEIGHT_MIN = 0.5;
/** Of the size of characters: what is further apart is another word. */
const WORD_GAP = 0.13;
/** Of the size of characters: what is further apart is another cell, or another column. */
export const CELL_GAP = 0.95;

/** Cuts pieces in rows, from top to bottom. A note's mark is on the row of its word. */
export function toRows(pieces: readonly Piece[]): Row[] {
  const rows: Row[] = [];
  for (const piece of pieces.toSorted((a, b) => a.baseline - b.baseline || a.x - b.x)) {
    const row = rows.slice(-3).findLast((candidate) => isOnRow(piece, candidate));
    if (!row) {
      const { y, baseline, size } = piece;
      rows.push({ pieces: [piece], y, bottom: y + piece.height, baseline, size });
      continue;
    }
    row.pieces.push(piece);
    // The largest characters say where the line is.
    if (piece.size > row.size * 1.05) {
      Object.assign(row, { y: piece.y, bottom: piece.y + piece.height, baseline: piece.baseline, size: piece.size });
    }
  }
  for (const row of rows) row.pieces.sort((a, b) => a.x - b.x);
  return rows.sort((a, b) => a.baseline - b.baseline);
}

function isOnRow(piece: Piece, row: Row): boolean {
  const shared = Math.min(piece.y + piece.height, row.bottom) - Math.max(piece.y, row.y);
  return shared >= SHARED_HEIGHT_MIN * Math.min(piece.height, row.bottom - row.y);
}

/** The parts of a row that a wide gap separates. */
export function toCells(row: Row): Piece[][] {
  const cells: Piece[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const piece of row.pieces) {
    const last = cells.at(-1);
    if (last && piece.x - end < CELL_GAP * Math.max(row.size * 0.8, piece.size)) last.push(piece);
    else cells.push([piece]);
    end = Math.max(end, piece.x + piece.width);
  }
  return cells;
}

export type Word = { piece: Piece; text: string; isJoined: boolean };

/** The pieces of a line in the order in which they are read; `isJoined` when no space comes before. */
export function toWords(pieces: readonly Piece[]): Word[] {
  const words: Word[] = [];
  for (const piece of inReadingOrder(pieces)) {
    const before = words.at(-1);
    if (before && isAccentOf(before, piece)) continue;
    words.push({ piece, text: piece.text, isJoined: before !== undefined && !isSpaced(before.piece, piece) });
  }
  return words;
}

/** Text from right to left is read from the right, but what is in Latin letters or digits within it. */
function inReadingOrder(pieces: readonly Piece[]): Piece[] {
  const rtl = pieces.filter(({ isRtl }) => isRtl);
  if (rtl.length === 0) return [...pieces];
  const lengthOf = (some: readonly Piece[]) => some.reduce((sum, { text }) => sum + letters(text), 0);
  const isRtlLine = lengthOf(rtl) * 2 >= lengthOf(pieces);
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    if (run && run[0]?.isRtl === piece.isRtl) run.push(piece);
    else runs.push([piece]);
  }
  const ordered = runs.map((run) => (run[0]?.isRtl ? run.toReversed() : run));
  return (isRtlLine ? ordered.reverse() : ordered).flat();
}

const letters = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

function isSpaced(before: Piece, piece: Piece): boolean {
  const gap = Math.max(piece.x - (before.x + before.width), before.x - (piece.x + piece.width));
  const size = Math.max(before.size, piece.size);
  if (gap > WORD_GAP * size) {
    return !(gap < CELL_GAP * size && isCjk(before.text.at(-1) ?? "") && isCjk(piece.text[0] ?? ""));
  }
  if (gap < -size * 0.2) return true;
  const follows = before.order !== null && piece.order === before.order + 1;
  return follows && piece.isAfterSpace && gap > -0.05 * size && gap > 0.02 * size;
}

/** Joins a letter and the accent that was drawn over it, before or after it. True when nothing is left of `piece`. */
function isAccentOf(before: Word, piece: Piece): boolean {
  const overlap = before.piece.x + before.piece.width - piece.x;
  if (overlap < piece.size * 0.1 || Math.abs(before.piece.size - piece.size) > 0.5) return false;
  const accentAfter = [...piece.text].length === 1 ? composed(before.text.at(-1) ?? "", piece.text) : null;
  if (accentAfter) {
    before.text = before.text.slice(0, -1) + accentAfter;
    return true;
  }
  const [letter = ""] = piece.text;
  const accentBefore = composed(letter, before.text.at(-1) ?? "");
  if (!accentBefore) return false;
  before.text = before.text.slice(0, -1) + accentBefore + piece.text.slice(letter.length);
  before.piece = joined(before.piece, piece);
  return true;
}

/** One piece for two that can't be told apart any more. */
function joined(first: Piece, second: Piece): Piece {
  const width = Math.max(first.x + first.width, second.x + second.width) - first.x;
  const x = Math.min(first.box.x, second.box.x);
  const y = Math.min(first.box.y, second.box.y);
  return {
    ...first,
    order: second.order,
    width,
    box: {
      x,
      y,
      width: Math.max(first.box.x + first.box.width, second.box.x + second.box.width) - x,
      height: Math.max(first.box.y + first.box.height, second.box.y + second.box.height) - y,
    },
  };
}
