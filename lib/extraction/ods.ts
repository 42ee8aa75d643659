import { type Block, blocksLine, blocksMarkdown, createCharacterCount } from "./document-blocks.ts";
import { type Cell, ExtractionError, type Page, type Reader, type WarningCode } from "./extraction.ts";
import { openOdfPackage, readOdfStyles } from "./odf-package.ts";
import { createOdfText } from "./odf-text.ts";
import { macroWarnings } from "./office-package.ts";
import { cellAddress, createSheetAllowance, createSheetCells, type SheetCells } from "./sheet-cells.ts";
import { spreadsheet } from "./spreadsheet.ts";
import { parseXml } from "./xml.ts";
import type { XmlAttributes } from "./xml-names.ts";

type Sheet = { name: string; isHidden: boolean; cells: SheetCells; row: number; column: number; comments: string[] };
type RowCell = { column: number; cell: Cell; text: string; repeats: number };

const SKIPPED = new Set(["table:tracked-changes", "office:forms", "table:dde-links", "table:named-expressions"]);
/** Rows and columns of the largest sheet there is. */
const REPEATS_MAX = 1_048_576;

/** Reads an OpenDocument spreadsheet (.ods, .ots): a page for each sheet, in order, with its cells. */
export const readOds: Reader = async (bytes, { limits }) => {
  const archive = await openOdfPackage(bytes, limits);
  const warnings = new Set<WarningCode>(macroWarnings(archive));
  const styles = await readOdfStyles(archive, warnings);
  const text = createOdfText(styles, createCharacterCount(limits));
  const allowance = createSheetAllowance(limits);
  const pages: Page[] = [];
  let sheet: Sheet | null = null;
  let row: { cells: RowCell[]; repeats: number } = { cells: [], repeats: 1 };
  let cell: { attributes: XmlAttributes; isCovered: boolean } | null = null;
  let skipped = 0;
  let isInBody = false;

  function openSheet(attributes: XmlAttributes): void {
    if (pages.length >= limits.pagesMax) throw new ExtractionError("too_many_pages");
    const isHidden = styles.isHidden(attributes["table:style-name"] ?? "");
    const cells = createSheetCells(allowance);
    sheet = { name: attributes["table:name"] ?? "", isHidden, cells, row: 0, column: 0, comments: [] };
    text.pushFlow();
  }

  function closeSheet(closed: Sheet): void {
    const boxes = blocksMarkdown(text.popFlow());
    if (closed.cells.isTruncated()) warnings.add("truncated");
    pages.push(closed.cells.page(closed.name, closed.isHidden, [...closed.comments, boxes]));
    sheet = null;
  }

  function closeCell(
    current: Sheet,
    { attributes, isCovered }: { attributes: XmlAttributes; isCovered: boolean },
  ): void {
    const blocks = text.popFlow();
    const comments = blocks.filter(isComment);
    const address = cellAddress(current.row, current.column);
    for (const comment of comments) current.comments.push(commentAt(address, blocksLine([comment])));
    const shown = blocksLine(blocks.filter((block) => !isComment(block)));
    const repeats = repeatsOf(attributes["table:number-columns-repeated"]);
    if (!isCovered && shown !== "") {
      row.cells.push({ column: current.column, cell: cellOf(attributes, shown), text: shown, repeats });
    }
    current.column += repeats;
    cell = null;
  }

  function closeRow(current: Sheet): void {
    const repeats = row.cells.length === 0 ? 0 : row.repeats;
    for (let at = 0; at < repeats; at += 1) if (!putRow(current, current.row + at, row.cells)) break;
    current.row += row.repeats;
  }

  await parseXml(archive.stream("content.xml"), {
    open(name, attributes) {
      if (skipped > 0 || SKIPPED.has(name)) skipped += 1;
      else if (name === "office:spreadsheet") isInBody = true;
      else if (!isInBody) styles.open(name, attributes);
      else if (!sheet) {
        if (name === "table:table") openSheet(attributes);
      } else if (cell) text.open(name, attributes);
      else if (name === "table:table-row") {
        row = { cells: [], repeats: repeatsOf(attributes["table:number-rows-repeated"]) };
        sheet.column = 0;
      } else if (name === "table:table-cell" || name === "table:covered-table-cell") {
        cell = { attributes, isCovered: name === "table:covered-table-cell" };
        text.pushFlow();
      } else if (!name.startsWith("table:")) text.open(name, attributes);
    },
    close(name) {
      if (skipped > 0) skipped -= 1;
      else if (name === "office:spreadsheet") isInBody = false;
      else if (!isInBody) styles.close(name);
      else if (!sheet) return;
      else if (cell && (name === "table:table-cell" || name === "table:covered-table-cell")) closeCell(sheet, cell);
      else if (cell) text.close(name);
      else if (name === "table:table-row") closeRow(sheet);
      else if (name === "table:table") closeSheet(sheet);
      else if (!name.startsWith("table:")) text.close(name);
    },
    text(piece) {
      if (skipped === 0 && sheet) text.text(piece);
    },
  });
  return spreadsheet(pages, archive, warnings);
};

function putRow(sheet: Sheet, row: number, cells: readonly RowCell[]): boolean {
  for (const { column, cell, text, repeats } of cells) {
    for (let at = 0; at < repeats; at += 1) {
      if (!sheet.cells.put(row, column + at, cell, text)) return at > 0;
    }
  }
  return true;
}

function cellOf(attributes: XmlAttributes, shown: string): Cell {
  switch (attributes["office:value-type"]) {
    case "float":
    case "percentage":
    case "currency": {
      const number = Number(attributes["office:value"]);
      return Number.isFinite(number) ? number : shown;
    }
    case "boolean":
      return attributes["office:boolean-value"] === "true";
    case "date":
      return { date: attributes["office:date-value"] ?? shown };
    default:
      return shown;
  }
}

function isComment(block: Block): boolean {
  return block.kind === "paragraph" && block.text.startsWith("⟨commentaire");
}

function commentAt(address: string, comment: string): string {
  return comment.replace(" : ", ` en ${address} : `);
}

function repeatsOf(value: string | undefined): number {
  return Math.min(REPEATS_MAX, Math.max(1, Number(value ?? 1) || 1));
}
