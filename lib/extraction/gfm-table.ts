import { toOneLine } from "./normal-text.ts";

/** Letters of French, figures and signs other than `|`, with single spaces: nearly every cell, as it is. */
const PLAIN = /^[!-{}~À-ſ]*(?: [!-{}~À-ſ]+)*$/;

/** `|` in a cell would begin another. */
const toCell = (text: string): string => (PLAIN.test(text) ? text : toOneLine(text).replaceAll("|", "\\|"));

/**
 * Rows → a GFM table whose first row is the header. Empty rows are left out, and so are the empty cells at the end of a row: a
 * row may be shorter than the header.
 */
export function toGfmTable(rows: Iterable<readonly string[]>): string {
  let header: string[] | null = null;
  let width = 0;
  const lines: string[] = [];
  for (const row of rows) {
    const cells = withoutEmptyEnd(row.map(toCell));
    if (cells.length === 0) continue;
    width = Math.max(width, cells.length);
    if (header) lines.push(line(cells));
    else header = cells;
  }
  if (!header) return "";
  // GFM ignores the cells that exceed the header.
  while (header.length < width) header.push("");
  lines.unshift(line(header), `|${" --- |".repeat(width)}`);
  return lines.join("\n");
}

const line = (cells: string[]): string => `| ${cells.join(" | ")} |`.replace(/ {2,}/g, " ");

function withoutEmptyEnd(row: string[]): string[] {
  let length = row.length;
  while (length > 0 && row[length - 1] === "") length -= 1;
  return length === row.length ? row : row.slice(0, length);
}
