import { compareDecimals, type Decimal } from "./decimal";
import type { TypedColumn } from "./table";
import { type Filter, type FilterValue, type Operator, TableError } from "./table-types";
import { cellText, folded, isEmpty, parseBoolean, parseDate, parseNumber, type Value } from "./table-values";

export type RowTest = (row: number) => boolean;

const FRENCH_TYPES = { number: "des nombres", date: "des dates", boolean: "VRAI ou FAUX", text: "du texte" };

/** Tells the rows that a filter keeps. Throws `TableError`. */
export function rowTest(filter: Filter, column: TypedColumn): RowTest {
  const { operator, value = null } = filter;
  const { cells } = column;
  switch (operator) {
    case "empty": {
      const wanted = value !== false && value !== "false";
      return (row) => isEmpty(cells[row]) === wanted;
    }
    case "contains": {
      const sought = folded(String(oneValue(filter, column)));
      return (row) => folded(cellText(cells[row])).includes(sought);
    }
    case "in": {
      const tests = (Array.isArray(value) ? value : [oneValue(filter, column)]).map((one) => equals(one, column));
      return (row) => tests.some((test) => test(row));
    }
    case "eq":
      return equals(oneValue(filter, column), column);
    case "ne": {
      const isEqual = equals(oneValue(filter, column), column);
      return (row) => !isEqual(row);
    }
    default:
      return isOrdered(operator, oneValue(filter, column), column);
  }
}

function oneValue({ operator, value }: Filter, { name }: TypedColumn): FilterValue {
  if (value === null || value === undefined || Array.isArray(value))
    throw new TableError(
      `Le filtre ${operator} sur « ${name} » attend une valeur, et une seule (une liste va avec in).`,
    );
  return value;
}

function equals(sought: FilterValue, column: TypedColumn): RowTest {
  const compare = comparisonWith(sought, column);
  if (compare) return (row) => compare(column.values[row] ?? null) === 0;
  const { cells } = column;
  const text = folded(String(sought));
  return (row) => !isEmpty(cells[row]) && folded(cellText(cells[row])) === text;
}

function isOrdered(
  operator: Exclude<Operator, "eq" | "ne" | "in" | "contains" | "empty">,
  sought: FilterValue,
  column: TypedColumn,
): RowTest {
  const { name, type } = column;
  const compare = type === "boolean" ? null : comparisonWith(sought, column);
  if (!compare)
    throw new TableError(
      `Le filtre ${operator} ne convient pas : la colonne « ${name} » contient ${FRENCH_TYPES[type]}, et la valeur est « ${sought} ». Employer eq, ne, in ou contains, ou une valeur du même type.`,
    );
  const test = {
    lt: (n: number) => n < 0,
    le: (n: number) => n <= 0,
    gt: (n: number) => n > 0,
    ge: (n: number) => n >= 0,
  }[operator];
  return (row) => {
    const order = compare(column.values[row] ?? null);
    return order !== null && test(order);
  };
}

/** How a value of the column compares with what is sought; null when it is of another type. */
function comparisonWith(sought: FilterValue, column: TypedColumn): ((value: Value | null) => number | null) | null {
  const written = String(sought).trim();
  switch (column.type) {
    case "number": {
      const number = soughtNumber(written, column.unit);
      return number && ((value) => (typeof value === "object" && value ? compareDecimals(value, number) : null));
    }
    case "date": {
      const date = soughtDate(written);
      if (date === null) return null;
      // A day, a month or a year is compared with the beginning of dates.
      return (value) => (typeof value === "string" ? order(value.slice(0, date.length), date) : null);
    }
    case "boolean": {
      const boolean = parseBoolean(written);
      return boolean === null ? null : (value) => (typeof value === "boolean" ? Number(value) - Number(boolean) : null);
    }
    case "text":
      return null;
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** « 12 % » is 0.12 where the spreadsheet holds parts. */
function soughtNumber(written: string, unit: string): Decimal | null {
  const read = parseNumber(written);
  if (!read) return null;
  const { number } = read;
  return read.unit === "%" && unit !== "%" ? { units: number.units, scale: number.scale + 2 } : number;
}

function soughtDate(written: string): string | null {
  const [, month = "", year = ""] = /^(\d{1,2})\/(\d{4})$/.exec(written) ?? [];
  if (year) return `${year}-${month.padStart(2, "0")}`;
  return /^\d{4}(?:-\d{2})?$/.test(written) ? written : parseDate(written);
}
