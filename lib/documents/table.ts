import type { Cell } from "@/lib/extraction/extraction";
import { cellAddress } from "@/lib/extraction/sheet-cells";
import { type Decimal, decimalOfNumber } from "./decimal";
import { TableError } from "./table-types";
import {
  type ColumnType,
  cellText,
  folded,
  isEmpty,
  parseBoolean,
  parseDate,
  parseNumber,
  type Thousands,
  thousandsOf,
  type Value,
} from "./table-values";

export type Column = { index: number; letter: string; name: string };

/** A column as it is computed with, row by row. */
export type TypedColumn = Column & {
  cells: Cell[];
  type: ColumnType;
  /** What follows its numbers: "€", "%"… */
  unit: string;
  /** Null for what is empty, or of another kind than the column. */
  values: (Value | null)[];
  /** How many cells are of another kind. */
  others: number;
};

export type Table = {
  /** Row of the sheet where the names of the columns are, from 1; null when none looks like it. */
  headerRow: number | null;
  columns: Column[];
  /** Without the header, what is above it, and empty rows. */
  rows: Cell[][];
  /** Rows of the sheet, from 1, that look like a total of others. */
  totalRows: number[];
};

const HEADER_WITHIN_ROWS = 30;
const LOOK_AHEAD_ROWS = 20;
/** A column is of the type that so many of its cells have. */
const TYPE_SHARE = 0.8;
/** Enough of a cell to know a total by. */
const TOTAL_CHARACTERS = 40;
const TOTAL = /^(?:sous[- ]?total|total|totaux)\b/;

export function readTable(cells: readonly Cell[][]): Table {
  const header = findHeader(cells);
  const first = header === null ? 0 : header + 1;
  const rows: Cell[][] = [];
  const totalRows: number[] = [];
  let width = header === null ? 0 : (cells[header]?.length ?? 0);
  for (let at = first; at < cells.length; at += 1) {
    const row = cells[at] ?? [];
    const filled = row.find((cell) => !isEmpty(cell));
    if (isEmpty(filled)) continue;
    rows.push(row);
    width = Math.max(width, row.length);
    if (typeof filled === "string" && TOTAL.test(folded(filled.slice(0, TOTAL_CHARACTERS)))) totalRows.push(at + 1);
  }
  const columns = nameColumns(header === null ? [] : (cells[header] ?? []), width);
  const isUsed = ({ index }: Column) =>
    !isEmpty(cells[header ?? -1]?.[index]) || rows.some((row) => !isEmpty(row[index]));
  return { headerRow: header === null ? null : header + 1, columns: columns.filter(isUsed), rows, totalRows };
}

/** The first row that is mostly text, about as wide as what follows it. */
function findHeader(cells: readonly Cell[][]): number | null {
  for (let at = 0; at < Math.min(cells.length, HEADER_WITHIN_ROWS); at += 1) {
    const row = cells[at] ?? [];
    const following = cells.slice(at + 1, at + 1 + LOOK_AHEAD_ROWS).filter((next) => filledIn(next) > 0);
    const [next] = following;
    if (!next) return null;
    const widths = following.map(filledIn).sort((a, b) => a - b);
    const usual = widths[Math.floor(widths.length / 2)] ?? 0;
    const filled = filledIn(row);
    if (filled === 0 || filled * 2 < usual || (filled === 1 && usual > 1)) continue;
    const names = row.filter((cell, index) => isName(cell) || (isYear(cell) && !isYear(next[index]))).length;
    // What is no header, and as wide as the data, is data: what follows has no header either.
    if (names >= filled * TYPE_SHARE && row.some(isName)) return at;
    if (filled >= usual) return null;
  }
  return null;
}

const filledIn = (row: readonly Cell[]): number => row.filter((cell) => !isEmpty(cell)).length;
const isName = (cell: Cell): boolean =>
  typeof cell === "string" && !isEmpty(cell) && typeof read(cell, null) === "string";
const isYear = (cell: Cell | undefined): boolean => !isEmpty(cell) && /^(?:19|20)\d\d$/.test(cellText(cell));

function nameColumns(header: readonly Cell[], width: number): Column[] {
  const times = new Map<string, number>();
  return Array.from({ length: width }, (_, index) => {
    const letter = cellAddress(0, index).slice(0, -1);
    const written = cellText(header[index]).replace(/\s+/g, " ").slice(0, 200) || `Colonne ${letter}`;
    const time = (times.get(folded(written)) ?? 0) + 1;
    times.set(folded(written), time);
    return { index, letter, name: time > 1 ? `${written} (${time})` : written };
  });
}

/** By its header, whatever the case and the accents, else by its letter. Throws `TableError`. */
export function findColumn({ columns }: Pick<Table, "columns">, asked: string): Column {
  const name = folded(asked);
  const found =
    columns.find((column) => folded(column.name) === name) ??
    columns.find(({ letter }) => letter.toLowerCase() === name);
  if (found) return found;
  throw new TableError(`La colonne « ${asked} » n’existe pas. Colonnes : ${columnList(columns)}.`);
}

const COLUMNS_LISTED = 60;

export function columnList(columns: readonly Column[]): string {
  const listed = columns.slice(0, COLUMNS_LISTED).map(({ letter, name }) => `${letter} « ${name} »`);
  return columns.length > COLUMNS_LISTED ? `${listed.join(", ")}…` : listed.join(", ");
}

/** What the cells of a column are, and their values. */
export function readColumn(rows: readonly Cell[][], column: Column): TypedColumn {
  const cells = rows.map((row) => row[column.index] ?? null);
  const thousands = thousandsOf(cells);
  const counts = { number: 0, date: 0, boolean: 0, text: 0 };
  const units = new Set<string>();
  let isCode = false;
  const values = cells.map((cell) => {
    if (isEmpty(cell)) return null;
    const value = read(cell, thousands);
    // « 01000 » is the name of something.
    isCode ||= typeof cell === "string" && /^0\d+$/.test(cell.trim());
    counts[kindOf(value)] += 1;
    if (typeof value === "object" && "number" in value) units.add(value.unit);
    return value;
  });
  const filled = counts.number + counts.date + counts.boolean + counts.text;
  const type = typeOf(counts, isCode || !areOneUnit(units));
  return {
    ...column,
    cells,
    type,
    unit: type === "number" ? ([...units].find(Boolean) ?? "") : "",
    values: values.map((value, index) => {
      if (value === null) return null;
      if (type === "text") return cellText(cells[index]);
      if (kindOf(value) !== type) return null;
      return plainValue(value);
    }),
    others: type === "text" ? 0 : filled - counts[type],
  };
}

/** A number with its unit, a date that is told from a text, or anything else as it is. */
type Read = { number: Decimal; unit: string } | { date: string } | string | boolean;

function read(cell: string | number | boolean | { date: string }, thousands: Thousands): Read {
  if (typeof cell === "number") return { number: decimalOfNumber(cell), unit: "" };
  if (typeof cell === "boolean") return cell;
  if (typeof cell === "object") return { date: parseDate(cell.date) ?? cell.date };
  const written = cell.trim();
  const number = parseNumber(written, thousands);
  if (number) return number;
  const date = parseDate(written);
  if (date !== null) return { date };
  return parseBoolean(written) ?? written;
}

function kindOf(value: Read): ColumnType {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "text";
  return "date" in value ? "date" : "number";
}

function plainValue(value: Read): Value {
  if (typeof value !== "object") return value;
  return "date" in value ? value.date : value.number;
}

function typeOf(counts: Record<ColumnType, number>, isNoNumber: boolean): ColumnType {
  const filled = counts.number + counts.date + counts.boolean + counts.text;
  const types = ["number", "date", "boolean"] as const;
  const found = types.find((type) => counts[type] > 0 && counts[type] >= filled * TYPE_SHARE);
  return !found || (found === "number" && isNoNumber) ? "text" : found;
}

/** Amounts of two currencies, or parts and percentages, are not to be added; an amount may be written without its sign. */
function areOneUnit(units: ReadonlySet<string>): boolean {
  const named = [...units].filter(Boolean);
  return named.length === 0 || (named.length === 1 && (named[0] !== "%" || units.size === 1));
}
