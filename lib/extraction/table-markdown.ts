import { cleanLine } from "./clean-text.ts";

/** Rows → lines of a GFM table, the first row being its header; rows may be of any length. No row, no line. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  if (width === 0) return [];
  const [header = "", ...body] = rows.map((row) => tableLine(row.map(toCell), width));
  return [header, delimiter(width), ...body];
}

export function tableMarkdown(rows: readonly (readonly string[])[]): string {
  return tableLines(rows).join("\n");
}

/**
 * The same of rows as they come, of which there may be many and one may be very wide: empty rows are left out, and so are the
 * empty cells at the end of a row, which may be shorter than the header.
 */
export function shortTableMarkdown(rows: Iterable<readonly string[]>): string {
  let header: string[] | null = null;
  let width = 0;
  const lines: string[] = [];
  for (const row of rows) {
    const cells = withoutEmptyEnd(row.map(toCell));
    if (cells.length === 0) continue;
    width = Math.max(width, cells.length);
    if (header) lines.push(tableLine(cells));
    else header = cells;
  }
  // GFM ignores the cells that exceed the header.
  return header ? [tableLine(header, width), delimiter(width), ...lines].join("\n") : "";
}

/** `|` in a cell would begin another. */
const toCell = (text: string): string => cleanLine(text).replaceAll("|", "\\|");

function tableLine(cells: readonly string[], width = cells.length): string {
  let line = "|";
  for (let column = 0; column < width; column += 1) line += cells[column] ? ` ${cells[column]} |` : "  |";
  return line;
}

const delimiter = (width: number): string => `|${" --- |".repeat(width)}`;

function withoutEmptyEnd(row: string[]): string[] {
  let length = row.length;
  while (length > 0 && row[length - 1] === "") length -= 1;
  return length === row.length ? row : row.slice(0, length);
}

/** Without the rows and the columns where nothing is written. */
export function withoutEmptyLines(rows: readonly (readonly string[])[]): string[][] {
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ""));
  const used = new Set<number>();
  for (const row of filled) {
    row.forEach((cell, column) => {
      if (cell.trim() !== "") used.add(column);
    });
  }
  const columns = [...used].sort((a, b) => a - b);
  return filled.map((row) => columns.map((column) => row[column] ?? ""));
}
