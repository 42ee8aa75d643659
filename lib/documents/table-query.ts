import { compareDecimals } from "./decimal";
import { type Column, columnList, findColumn, readColumn, type Table, type TypedColumn } from "./table";
import { CALCULATION_NAMES, compute, requireSense, textIn, withUnit } from "./table-calculations";
import { rowTest } from "./table-filters";
import {
  type Calculation,
  type DatePart,
  type Sort,
  TableError,
  type TableQuery,
  type TableResult,
} from "./table-types";
import { cellText, folded, type Value } from "./table-values";

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 200;
/** Columns shown when none is asked for. */
const COLUMNS_SHOWN = 20;

/** A column of the result: its values, by the place of rows or groups in it. */
type Output = {
  title: string;
  column: Column | null;
  calculation: Calculation | null;
  values: (Value | null)[];
  text: (at: number) => string;
};
type Work = { table: Table; matched: readonly number[]; typed: TypedReader };

/** Computes on all the rows of a table, exactly. Throws `TableError`. */
export function queryTable(table: Table, query: TableQuery): TableResult {
  const typed = createReader(table);
  const tests = (query.filters ?? []).map((filter) => rowTest(filter, typed(findColumn(table, filter.column))));
  const matched: number[] = [];
  for (let row = 0; row < table.rows.length; row += 1) if (tests.every((test) => test(row))) matched.push(row);

  const groupBy = query.groupBy ?? [];
  const aggregates = query.aggregates ?? [];
  const isComputed = groupBy.length > 0 || aggregates.length > 0;
  const outputs = isComputed
    ? computedOutputs({ table, matched, typed }, query)
    : shownOutputs({ table, matched }, query.columns ?? []);
  const found = isComputed ? (outputs[0]?.values.length ?? 0) : matched.length;
  const order = sorted(
    found,
    (query.sort ?? []).map((sort) => orderBy(sort, { table, matched, typed }, isComputed ? outputs : null)),
  );
  const limit = Math.min(query.limit ?? LIMIT_DEFAULT, LIMIT_MAX);
  return {
    columns: outputs.map(({ title }) => title),
    rows: order.slice(0, limit).map((at) => outputs.map(({ text }) => text(at))),
    matched: matched.length,
    total: table.rows.length,
    found,
    notes: [
      ...notesOn(table, typed.used()),
      ...outputs.flatMap((output) => (groupBy.length === 1 && !output.calculation ? likeGroups(output) : [])),
      ...(outputs.length < table.columns.length && !isComputed && !query.columns?.length ? [someColumns(table)] : []),
    ],
  };
}

type TypedReader = ((column: Column) => TypedColumn) & { used: () => TypedColumn[] };

/** Reads each column once, when it is asked for. */
function createReader(table: Table): TypedReader {
  const known = new Map<number, TypedColumn>();
  const reader = (column: Column) => {
    const read = known.get(column.index) ?? readColumn(table.rows, column);
    known.set(column.index, read);
    return read;
  };
  return Object.assign(reader, { used: () => [...known.values()] });
}

function shownOutputs({ table, matched }: Pick<Work, "table" | "matched">, asked: readonly string[]): Output[] {
  const columns =
    asked.length > 0 ? asked.map((name) => findColumn(table, name)) : table.columns.slice(0, COLUMNS_SHOWN);
  return columns.map((column) => ({
    title: column.name,
    column,
    calculation: null,
    values: [],
    text: (at) => cellText(table.rows[matched[at] ?? -1]?.[column.index]),
  }));
}

function computedOutputs({ table, matched, typed }: Work, query: TableQuery): Output[] {
  const keys = (query.groupBy ?? []).map((name) => inParts(typed(findColumn(table, name)), query.groupDatesBy ?? null));
  const aggregates = query.aggregates ?? [];
  const groups = groupRows(keys, matched);
  // A group is worth nothing without a figure.
  const asked = aggregates.length > 0 ? aggregates : [{ calculation: "count" as const }];
  const outputs = keys.map((column): Output => {
    const first = groups.map(([row]) => row ?? -1);
    const texts = first.map((row) => textIn(column, row) && withUnit(textIn(column, row), column.unit));
    const values = first.map((row) => column.values[row] ?? null);
    return { title: column.name, column, calculation: null, values, text: (at) => texts[at] || "(vide)" };
  });
  const figures = asked.map(({ calculation, column: name }): Output => {
    const column = name ? typed(findColumn(table, name)) : null;
    requireSense(calculation, column);
    const results = groups.map((rows) => compute(calculation, column, rows));
    return {
      title: column ? `${CALCULATION_NAMES[calculation]} de ${column.name}` : "nombre de lignes",
      column,
      calculation,
      values: results.map(({ value }) => value),
      text: (at) => results[at]?.text ?? "",
    };
  });
  return [...outputs, ...figures];
}

/** Of « 2026-03-31 », the month is « 2026-03 ». */
const PART_CHARACTERS: Record<DatePart, number> = { month: 7, year: 4 };

function inParts(column: TypedColumn, part: DatePart | null): TypedColumn {
  if (part === null || column.type !== "date") return column;
  const length = PART_CHARACTERS[part];
  return {
    ...column,
    values: column.values.map((value) => (typeof value === "string" ? value.slice(0, length) : value)),
  };
}

/** Rows that have the same values, in the order they are met; one group of all when nothing is grouped. */
function groupRows(columns: readonly TypedColumn[], matched: readonly number[]): number[][] {
  if (columns.length === 0) return [[...matched]];
  const groups = new Map<string, number[]>();
  for (const row of matched) {
    const key = columns.map((column) => textIn(column, row)).join("\0");
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

type Order = { values: readonly (Value | null)[]; isDescending: boolean };

function orderBy(
  { column: name, calculation, isDescending }: Sort,
  { table, matched, typed }: Work,
  computed: Output[] | null,
): Order {
  const column = name ? findColumn(table, name) : null;
  if (!computed && column && !calculation) {
    const { values } = typed(column);
    return { values: matched.map((row) => values[row] ?? null), isDescending: isDescending ?? false };
  }
  const ofColumn = (computed ?? []).filter((output) => output.column?.index === column?.index);
  // The sum of a column is meant by its name alone, when that is all there is of it.
  const output =
    ofColumn.find((known) => known.calculation === (calculation ?? null)) ?? (calculation ? undefined : ofColumn[0]);
  if (output) return { values: output.values, isDescending: isDescending ?? false };
  const titles = (computed ?? []).map(({ title }) => `« ${title} »`).join(", ") || "celles de la feuille";
  throw new TableError(
    `Le tri demandé n’est pas une colonne du résultat. Colonnes du résultat : ${titles}. Donner column, et calculation s’il s’agit d’un calcul.`,
  );
}

const inFrench = new Intl.Collator("fr", { numeric: true });

/** Places from 0, in order; what is empty comes last in any direction. */
function sorted(length: number, sorts: readonly Order[]): number[] {
  const places = Array.from({ length }, (_, at) => at);
  if (sorts.length === 0) return places;
  return places.sort((a, b) => {
    for (const { values, isDescending } of sorts) {
      const [left = null, right = null] = [values[a], values[b]];
      if (left === null || right === null) {
        if (left !== right) return left === null ? 1 : -1;
        continue;
      }
      const order = compareValues(left, right);
      if (order !== 0) return isDescending ? -order : order;
    }
    return a - b;
  });
}

function compareValues(a: Value, b: Value): number {
  if (typeof a === "object" && typeof b === "object") return compareDecimals(a, b);
  if (typeof a === "string" && typeof b === "string") return inFrench.compare(a, b);
  return Number(a) - Number(b);
}

const ROWS_TOLD = 5;

function notesOn({ headerRow, totalRows }: Table, used: readonly TypedColumn[]): string[] {
  const notes = used
    .filter(({ others }) => others > 0)
    .map(
      ({ name, others }) =>
        `« ${name} » : ${others} cellule(s) d’un autre type que la colonne ne sont ni comparées ni comptées dans les sommes, moyennes et extrêmes.`,
    );
  if (headerRow === null)
    notes.push("Aucune ligne d’en-tête n’a été reconnue : les colonnes se nomment par leur lettre.");
  if (totalRows.length > 0) {
    const rows = `${totalRows.slice(0, ROWS_TOLD).join(", ")}${totalRows.length > ROWS_TOLD ? "…" : ""}`;
    notes.push(
      `Ligne(s) ${rows} de la feuille : sans doute des totaux, traités comme les autres lignes ; les écarter par un filtre si on additionne.`,
    );
  }
  return notes;
}

function likeGroups({ title, values, text }: Output): string[] {
  const names = values.map((_, at) => folded(text(at)));
  if (new Set(names).size === names.length) return [];
  return [`« ${title} » : des groupes ne diffèrent que par la casse ou les accents.`];
}

const someColumns = ({ columns }: Table): string =>
  `Seules les ${COLUMNS_SHOWN} premières colonnes sont montrées, sur : ${columnList(columns)}.`;
