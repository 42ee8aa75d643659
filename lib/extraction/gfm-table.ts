import { toOneLine } from "./normal-text.ts";

/** `|` in a cell would begin another. */
const toCell = (text: string): string => toOneLine(text).replaceAll("|", "\\|");

/**
 * Rows → a GFM table whose first row is the header. Empty rows are left out, and so are the empty cells at the end of a row: a
 * row may be shorter than the header.
 */
export function toGfmTable(rows: readonly (readonly string[])[]): string {
  const kept = rows.map((row) => withoutEmptyEnd(row.map(toCell))).filter((row) => row.length > 0);
  const [header, ...body] = kept;
  if (!header) return "";
  // GFM ignores the cells that exceed the header.
  const width = body.reduce((max, row) => Math.max(max, row.length), header.length);
  while (header.length < width) header.push("");
  return [line(header), `|${" --- |".repeat(width)}`, ...body.map(line)].join("\n");
}

const line = (cells: string[]): string => `| ${cells.join(" | ")} |`.replace(/ {2,}/g, " ");

function withoutEmptyEnd(row: string[]): string[] {
  let length = row.length;
  while (length > 0 && row[length - 1] === "") length -= 1;
  return row.slice(0, length);
}
