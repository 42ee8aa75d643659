import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { type Column, readColumn, readTable } from "@/lib/documents/table";
import { type ColumnType, cellText } from "@/lib/documents/table-values";
import { tableMarkdown } from "@/lib/extraction/table-markdown";
import { listSheets, type ReadPage, type SheetSummary } from "@/lib/pages/queries";

/** A spreadsheet whose sheets are all shorter is given whole. */
const WHOLE_ROWS_MAX = 60;
const ROWS_SHOWN = 15;
/** Rows that types are guessed from, so that the whole of a large sheet need not be read at each turn. */
const ROWS_LOOKED_AT = 200;
const CELL_CHARACTERS_MAX = 200;

const TYPES: Record<ColumnType, string> = { number: "nombre", date: "date", boolean: "VRAI/FAUX", text: "texte" };

/**
 * A large spreadsheet as its beginning: names and types of its columns, first rows and number of rows of each sheet, for a model
 * that may query it. Null for what is no spreadsheet, or a small one.
 */
export async function tablePreview(actor: Actor, fileId: string): Promise<ReadPage[] | null> {
  const sheets = await listSheets(actor, fileId, ROWS_LOOKED_AT);
  if (sheets.every(({ rows }) => rows <= WHOLE_ROWS_MAX)) return null;
  return sheets.map((sheet) => {
    const { number, label } = sheet;
    return { number, label, kind: "sheet", text: sheetText(sheet), isRecognised: false };
  });
}

function sheetText({ cells, rows: rowsTotal }: SheetSummary): string {
  if (rowsTotal <= WHOLE_ROWS_MAX)
    return tableMarkdown(cells.filter((row) => row.length > 0).map((row) => row.map(written)));
  const { columns, rows, headerRow } = readTable(cells);
  const typed = columns.map((column) => ({ ...column, ...typeOf(rows, column) }));
  const shown = rows.slice(0, ROWS_SHOWN).map((row) => columns.map(({ index }) => written(row[index])));
  const above = headerRow === null ? [] : cells.slice(0, headerRow - 1).filter((row) => row.length > 0);
  return [
    ...above.map((row) => row.map(written).filter(Boolean).join(" ; ")),
    tableMarkdown([columns.map(({ name }) => name), ...shown]),
    `Colonnes, avec leur type supposé : ${typed.map(({ letter, name, type, unit }) => `${letter} « ${name} » (${type}${unit && `, ${unit}`})`).join(", ")}.`,
    `(Feuille de ${rowsTotal} lignes, dont les ${shown.length} premières sont données ici. L’outil query_table filtre et calcule sur toutes.)`,
  ].join("\n\n");
}

function typeOf(rows: Parameters<typeof readColumn>[0], column: Column): { type: string; unit: string } {
  const { type, unit } = readColumn(rows, column);
  return { type: TYPES[type], unit };
}

function written(cell: Parameters<typeof cellText>[0]): string {
  const text = cellText(cell);
  return text.length > CELL_CHARACTERS_MAX ? `${text.slice(0, CELL_CHARACTERS_MAX - 1)}…` : text;
}
