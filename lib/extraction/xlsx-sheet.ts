import type { Cell } from "./extraction.ts";
import { type NumberFormat, plain } from "./number-format.ts";
import { parseCellAddress, ROWS_MAX, type SheetCells } from "./sheet-cells.ts";
import { unescaped } from "./xlsx-strings.ts";
import { parseXml } from "./xml.ts";
import type { XmlAttributes } from "./xml-names.ts";

export type Workbook = { strings: readonly string[]; formats: readonly NumberFormat[]; is1904: boolean };

type Written = {
  type: string;
  style: number;
  row: number;
  column: number;
  value: string;
  inline: string;
  formula: string;
};

/** What no cell holds in Excel, and would fill the memory here. */
const VALUE_CHARACTERS_MAX = 1_000_000;

/** Reads the cells of a worksheet, as it comes. Formulas are not computed: what they last gave is read. */
export async function readSheet(
  chunks: AsyncIterable<Uint8Array>,
  workbook: Workbook,
  sheet: SheetCells,
): Promise<void> {
  let row = -1;
  let column = -1;
  let cell: Written | null = null;
  let captured: "value" | "inline" | "formula" | null = null;
  let phonetic = 0;

  function openCell(attributes: XmlAttributes): void {
    const address = parseCellAddress(attributes.r ?? "");
    column = address?.column ?? column + 1;
    const type = attributes.t ?? "n";
    const style = Number(attributes.s ?? 0);
    cell = { type, style, row: address?.row ?? row, column, value: "", inline: "", formula: "" };
  }

  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "x:row") {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r) - 1;
        column = -1;
      } else if (name === "x:c") openCell(attributes);
      else if (!cell) return;
      else if (name === "x:v") captured = "value";
      else if (name === "x:f") captured = "formula";
      else if (name === "x:rPh") phonetic += 1;
      else if (name === "x:t" && phonetic === 0) captured = "inline";
    },
    close(name) {
      if (name === "x:c" && cell) {
        const { value, text } = readCell(cell, workbook);
        sheet.put(cell.row, cell.column, value, text);
        cell = null;
      } else if (name === "x:rPh") phonetic -= 1;
      else if (name === "x:v" || name === "x:f" || name === "x:t") captured = null;
    },
    text(text) {
      if (cell && captured && cell[captured].length < VALUE_CHARACTERS_MAX) cell[captured] += text;
    },
    isDone: () => sheet.isFull() || (row >= ROWS_MAX && sheet.isTruncated()),
  });
}

function readCell(cell: Written, workbook: Workbook): { value: Cell; text: string } {
  const { type, value, inline, formula } = cell;
  if (type === "inlineStr") return asText(unescaped(inline));
  if (value === "") return asText(inline || (formula === "" ? "" : `=${formula}`));
  switch (type) {
    case "s":
      return asText(workbook.strings[Number(value)] ?? "");
    case "b":
      return { value: value === "1" || value === "true", text: value === "1" || value === "true" ? "TRUE" : "FALSE" };
    case "d":
      return { value: { date: value }, text: dateText(value) };
    case "str":
      return asText(unescaped(value));
    case "e":
      return asText(value);
    default: {
      const number = Number(value);
      if (!Number.isFinite(number)) return asText(value);
      const shown = (workbook.formats[cell.style] ?? plain)(number, workbook.is1904);
      return { value: shown.cell, text: shown.text };
    }
  }
}

function asText(text: string): { value: Cell; text: string } {
  return { value: text === "" ? null : text, text };
}

/** ISO 8601 → "31/12/2025 14:30". */
function dateText(iso: string): string {
  return iso.replace(/^(\d{4})-(\d\d)-(\d\d)/, "$3/$2/$1").replace(/T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z?$/, " $1");
}
