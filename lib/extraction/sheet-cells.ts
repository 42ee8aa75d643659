import { cleanText } from "./clean-text.ts";
import type { Cell, Page, ReadingLimits } from "./extraction.ts";
import { tableMarkdown, withoutEmptyLines } from "./table-markdown.ts";

export const ROWS_MAX = 100_000;
export const COLUMNS_MAX = 2_000;
/** Rows and cells of all the sheets of a file together, with the empty ones before the last. */
const CELLS_MAX = 1_000_000;
/** What the table takes for each cell, empty or not: "| " and " ". */
const CELL_MARKS = 3;
/** A table mostly empty says its cells by their addresses. */
const SPARSE_FROM_CELLS = 20_000;
const SPARSE_PART = 0.1;

/** What the sheets of one file may still hold. */
export type SheetAllowance = { cells: number; characters: number };

export type SheetCells = ReturnType<typeof createSheetCells>;

export function createSheetAllowance(limits: ReadingLimits): SheetAllowance {
  return { cells: CELLS_MAX, characters: limits.charactersMax };
}

/** Collects the cells of a sheet, at their rows and columns from 0, as far as the allowance goes. */
export function createSheetCells(allowance: SheetAllowance) {
  const cells: Cell[][] = [];
  const texts: string[][] = [];
  let isTruncated = false;
  let isFull = false;

  return {
    /** `text` is how the cell is displayed. False when it is out of bounds, or too much. */
    put(row: number, column: number, cell: Cell, text: string): boolean {
      const written = cleanText(text);
      if (cell === null || written === "") return true;
      const addedColumns = Math.max(0, column + 1 - (cells[row]?.length ?? 0));
      const added = addedColumns + Math.max(0, row + 1 - cells.length);
      const isOutside = !(row >= 0 && row < ROWS_MAX && column >= 0 && column < COLUMNS_MAX);
      const characters = written.length + addedColumns * CELL_MARKS;
      isFull ||= !isOutside && (added > allowance.cells || characters > allowance.characters);
      if (isOutside || isFull) {
        isTruncated = true;
        return false;
      }
      allowance.cells -= added;
      allowance.characters -= characters;
      while (cells.length <= row) {
        cells.push([]);
        texts.push([]);
      }
      const kept = cells[row] ?? [];
      const shown = texts[row] ?? [];
      for (let at = kept.length; at < column; at += 1) {
        kept.push(null);
        shown.push("");
      }
      kept[column] = typeof cell === "string" ? written : cell;
      shown[column] = written;
      return true;
    },
    isTruncated: () => isTruncated,
    /** Nothing more is taken: there is no need to read on. */
    isFull: () => isFull,
    /** The sheet as a page, with what is said beside its cells. Rows of `cells` end at their last filled cell. */
    page(label: string, isHidden: boolean, besides: readonly string[]): Page {
      const table = sheetMarkdown(texts);
      const parts = [isHidden ? "⟨feuille masquée⟩" : "", table, ...besides].filter(Boolean);
      return { kind: "sheet", label, text: parts.join("\n\n"), cells };
    },
  };
}

function sheetMarkdown(texts: readonly string[][]): string {
  let filled = 0;
  const columns = new Set<number>();
  const rows = texts.filter((row) => row.length > 0);
  for (const row of rows) {
    row.forEach((text, column) => {
      if (text === "") return;
      filled += 1;
      columns.add(column);
    });
  }
  const size = rows.length * columns.size;
  if (size > SPARSE_FROM_CELLS && filled < size * SPARSE_PART) return addressedCells(texts);
  return tableMarkdown(withoutEmptyLines(texts));
}

function addressedCells(texts: readonly string[][]): string {
  const lines = texts.map((row, at) =>
    row.flatMap((text, column) => (text === "" ? [] : [`${cellAddress(at, column)}: ${text}`])).join(" ; "),
  );
  return lines.filter(Boolean).join("\n");
}

/** "B12", of a row and a column from 0. */
export function cellAddress(row: number, column: number): string {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}

/** Row and column from 0 of "B12" or "$B$12"; null when it is not an address. */
export function parseCellAddress(address: string): { row: number; column: number } | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(address);
  if (!found) return null;
  let column = 0;
  for (const letter of (found[1] ?? "").toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(found[2]) - 1, column: column - 1 };
}
