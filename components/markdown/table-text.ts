import { toPlain } from "./rich-text";

/** The cells of the table that `frame` holds, line by line, as they read. */
export const readTable = (frame: HTMLElement): string[][] =>
  [...frame.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => toPlain(cell)));

const BYTE_ORDER_MARK = "\uFEFF";
const FORMULA = /^[\s]*[=+\-@]/;
/** A signed amount is a number, not a formula: it has no name, no cell and no operator in it. */
const NUMBER = /^\s*[+-]\s*\d[\d\s.,]*(?:e[+-]?\d+)?\s*(?:%|‰|°C?|[kM]?€|\$)?\s*$/i;

/** Read as it is by the French Excel and LibreOffice. A text that a spreadsheet would run as a formula is kept a text. */
export const toCsv = (rows: readonly string[][]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(csvCell).join(";")}\r\n`).join("");

/** What a spreadsheet takes from the clipboard. */
export const toTsv = (rows: readonly string[][]): string =>
  rows.map((row) => row.map((cell) => withoutFormula(cell.replace(/\s+/g, " "))).join("\t")).join("\n");

function csvCell(cell: string): string {
  const text = withoutFormula(cell);
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const withoutFormula = (cell: string): string => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell);
