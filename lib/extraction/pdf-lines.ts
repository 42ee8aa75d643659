import { composed, isCjk } from "./pdf-characters.ts";
import { largest } from "./pdf-geometry.ts";
import type { Piece } from "./pdf-pieces.ts";

/** Pieces on one baseline, from left to right. */
export type Row = { pieces: Piece[]; y: number; bottom: number; baseline: number; size: number };

/** Two pieces are on one line when they share this part of the lower one's height. */
const SHARED_HEIGHT_MIN = 0.5;
const INITIAL_RATIO = 1.8;
/** Of the size of the line's characters: smaller ones are indices and exponents. */
const SCRIPT_RATIO = 0.85;
const SCRIPT_CHARACTERS_MAX = 4;
const NEIGHBOURS = 8;
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
  // An initial, or a large title, is beside several small lines.
  const [small, large] = piece.size < row.size ? [piece.size, row.size] : [row.size, piece.size];
  if (large > small * INITIAL_RATIO) return Math.abs(piece.baseline - row.baseline) < small * 0.45;
  const shared = Math.min(piece.y + piece.height, row.bottom) - Math.max(piece.y, row.y);
  if (shared < SHARED_HEIGHT_MIN * Math.min(piece.height, row.bottom - row.y)) return false;
  return !row.pieces.slice(-NEIGHBOURS).some((other) => isAbove(other, piece));
}

/** Words under others are another line, even where a larger one beside them reaches both. */
function isAbove(other: Piece, piece: Piece): boolean {
  if (Math.min(other.text.length, piece.text.length) <= SCRIPT_CHARACTERS_MAX) return false;
  const shared = Math.min(other.x + other.width, piece.x + piece.width) - Math.max(other.x, piece.x);
  const isUnder = Math.abs(piece.baseline - other.baseline) > piece.size * 0.3;
  return isUnder && shared > Math.min(other.width, piece.width) * 0.5;
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
  const lineSize = largest(pieces.map(({ size }) => size));
  for (const piece of inReadingOrder(pieces)) {
    const before = words.at(-1);
    if (before && isAccentOf(before, piece)) continue;
    words.push({ piece, text: piece.text, isJoined: before !== undefined && !isSpaced(before.piece, piece, lineSize) });
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

function isSpaced(before: Piece, piece: Piece, lineSize: number): boolean {
  const gap = Math.max(piece.x - (before.x + before.width), before.x - (piece.x + piece.width));
  const [small, large] = [Math.min(before.size, piece.size), Math.max(before.size, piece.size)];
  const size = large > small * INITIAL_RATIO ? small : large;
  if (gap > WORD_GAP * size) {
    return !(gap < CELL_GAP * size && isCjk(before.text.at(-1) ?? "") && isCjk(piece.text[0] ?? ""));
  }
  // One over the other: an index and an exponent are one word, two texts at one place are not.
  if (gap < -size * 0.2) {
    const characters = Math.min(before.text.length, piece.text.length);
    return size > lineSize * SCRIPT_RATIO || characters > SCRIPT_CHARACTERS_MAX;
  }
  const follows = before.order !== null && piece.order === before.order + 1;
  return follows && piece.isAfterSpace && gap > 0.02 * size;
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
