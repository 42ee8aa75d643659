import { builtInFormat, type NumberFormat, parseNumberFormat } from "./number-format.ts";
import { parseXml } from "./xml.ts";

const FORMATS_MAX = 100_000;

/** The number format of each style of a cell, by the index cells give (`s`). */
export async function readCellFormats(chunks: AsyncIterable<Uint8Array>): Promise<NumberFormat[]> {
  const codes = new Map<number, string>();
  const parsed = new Map<string, NumberFormat>();
  const formats: NumberFormat[] = [];
  let isInCells = false;
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "x:numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      else if (name === "x:cellXfs") isInCells = true;
      else if (name === "x:xf" && isInCells && formats.length < FORMATS_MAX) {
        const id = Number(attributes.numFmtId ?? 0);
        const code = codes.get(id) ?? builtInFormat(id);
        const format = parsed.get(code) ?? parseNumberFormat(code);
        parsed.set(code, format);
        formats.push(format);
      }
    },
    close(name) {
      if (name === "x:cellXfs") isInCells = false;
    },
    text() {},
  });
  return formats;
}
