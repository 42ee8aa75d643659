import { cleanLine } from "./clean-text.ts";

/** Rows → lines of a GFM table, the first row being its header; rows may be of any length. No row, no line. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  const [header, ...body] = rows;
  if (!header || width === 0) return [];
  const delimiter = `|${" --- |".repeat(width)}`;
  return [tableLine(header, width), delimiter, ...body.map((row) => tableLine(row, width))];
}

export function tableMarkdown(rows: readonly (readonly string[])[]): string {
  return tableLines(rows).join("\n");
}

function tableLine(row: readonly string[], width: number): string {
  let line = "|";
  for (let column = 0; column < width; column += 1) {
    const cell = cleanLine(row[column] ?? "").replaceAll("|", "\\|");
    line += cell === "" ? "  |" : ` ${cell} |`;
  }
  return line;
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
