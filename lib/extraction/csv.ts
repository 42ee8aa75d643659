import Papa from "papaparse";
import { decodeText } from "./decode-text.ts";
import type { Cell, Reader, WarningCode } from "./extraction.ts";
import { toNormalText } from "./normal-text.ts";
import { requireLength } from "./sections.ts";
import { shortTableMarkdown } from "./table-markdown.ts";

/** In order of preference: a comma may be that of a French decimal. */
const DELIMITERS = ["\t", ";", "|", ","] as const;
const PREVIEW_CHARACTERS = 100_000;
const PREVIEW_ROWS = 200;

/** A table of text: cells stay strings, formulas are shown as they are written and an empty cell is null. */
export const readCsv: Reader = async (bytes, { limits }) => {
  const { text: decoded, isGuessed } = decodeText(bytes);
  requireLength(decoded.length, limits);
  const { text, declared } = takeDelimiterLine(toNormalText(decoded).replace(/^\n+/, ""));
  const { rows, isRepaired } = parse(text, declared ?? guessDelimiter(text));
  const table = shortTableMarkdown(rows);
  requireLength(table.length, limits);
  const cells: Cell[][] = rows;
  for (const row of cells) {
    for (const [index, cell] of row.entries()) if (cell === "") row[index] = null;
  }
  const warnings: WarningCode[] = isGuessed ? ["encoding_guessed"] : [];
  if (isRepaired) warnings.push("damaged_parts");
  return { pages: [{ kind: "sheet", label: null, text: table, cells }], outline: [], warnings };
};

/** Excel writes `sep=;` on a line of its own. */
function takeDelimiterLine(text: string): { text: string; declared: string | null } {
  const line = text.match(/^"?sep=(.)"?\n/i);
  return line?.[1] ? { text: text.slice(line[0].length), declared: line[1] } : { text, declared: null };
}

function parse(text: string, delimiter: string): { rows: string[][]; isRepaired: boolean } {
  const { rows, isQuoteOpen } = parseWith(text, delimiter, '"');
  if (!isQuoteOpen) return { rows, isRepaired: false };
  // A quote that never ends would swallow the rest: quotes are then letters like any other.
  return { rows: parseWith(text, delimiter, "\0").rows, isRepaired: true };
}

/** Row by row: the parser's own list of all of them would double the memory. */
function parseWith(text: string, delimiter: string, quoteChar: string): { rows: string[][]; isQuoteOpen: boolean } {
  const rows: string[][] = [];
  let isQuoteOpen = false;
  Papa.parse<string[]>(text, {
    delimiter,
    quoteChar,
    newline: "\n",
    skipEmptyLines: "greedy",
    step({ data, errors }) {
      rows.push(data.map((cell) => cell.trim()));
      isQuoteOpen ||= errors.some(({ code }) => code === "MissingQuotes");
    },
  });
  return { rows, isQuoteOpen };
}

/** The delimiter that cuts the most rows in the same number of cells. */
export function guessDelimiter(text: string): string {
  const sample = text.slice(0, PREVIEW_CHARACTERS);
  let best: { delimiter: string; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = regularity(sample, delimiter);
    if (score > best.score + 0.05) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The share of rows that have the commonest number of cells, 0 when that number is 1. */
function regularity(sample: string, delimiter: string): number {
  const { data } = Papa.parse<string[]>(sample, {
    delimiter,
    newline: "\n",
    preview: PREVIEW_ROWS,
    skipEmptyLines: "greedy",
  });
  const rowsOfWidth = new Map<number, number>();
  for (const { length } of data) rowsOfWidth.set(length, (rowsOfWidth.get(length) ?? 0) + 1);
  const [width, rows] = [...rowsOfWidth].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  return width > 1 ? rows / data.length : 0;
}
