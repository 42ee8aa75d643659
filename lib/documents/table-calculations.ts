import { add, compareDecimals, type Decimal, divide, frenchDecimal, ZERO } from "./decimal";
import type { TypedColumn } from "./table";
import { type Calculation, TableError } from "./table-types";
import { cellText, isEmpty, type Value, valueText } from "./table-values";

export const CALCULATION_NAMES: Record<Calculation, string> = {
  sum: "somme",
  mean: "moyenne",
  min: "minimum",
  max: "maximum",
  count: "nombre",
  count_distinct: "nombre de valeurs différentes",
};

/** Refuses the sum of a text, or a calculation on nothing. */
export function requireSense(calculation: Calculation, column: TypedColumn | null): void {
  if (calculation === "count") return;
  const name = CALCULATION_NAMES[calculation];
  if (!column) throw new TableError(`Le calcul « ${name} » (${calculation}) attend une colonne (column).`);
  if (calculation === "count_distinct" || column.type === "number") return;
  if ((calculation === "min" || calculation === "max") && column.type === "date") return;
  const example = column.values.find((value) => value !== null) ?? "";
  throw new TableError(
    `Le calcul « ${name} » est impossible : la colonne « ${column.name} » n’est pas faite de nombres de même unité (par exemple « ${valueText(example).slice(0, 80)} »). Choisir une autre colonne, ou compter (count, count_distinct).`,
  );
}

/** A figure on these rows of a column, and how it is written; nothing, for the mean or the extremes of nothing. */
export function compute(
  calculation: Calculation,
  column: TypedColumn | null,
  rows: readonly number[],
): { value: Value | null; text: string } {
  if (!column) return counted(rows.length);
  const { cells, values, unit } = column;
  if (calculation === "count") return counted(rows.filter((row) => !isEmpty(cells[row])).length);
  if (calculation === "count_distinct")
    return counted(
      new Set(rows.map((row) => textIn(column, row))).size - Number(rows.some((row) => isEmpty(cells[row]))),
    );
  const given = rows.flatMap((row) => values[row] ?? []);
  switch (calculation) {
    case "min":
    case "max": {
      const sign = calculation === "min" ? 1 : -1;
      const [first, ...others] = given;
      if (first === undefined) return { value: null, text: "" };
      const value = others.reduce((best, other) => (sign * order(other, best) < 0 ? other : best), first);
      return { value, text: withUnit(valueText(value), unit) };
    }
    case "sum":
    case "mean": {
      const sum = given.reduce<Decimal>(
        (total, value) => (typeof value === "object" ? add(total, value) : total),
        ZERO,
      );
      if (calculation === "mean" && given.length === 0) return { value: null, text: "" };
      const value = calculation === "sum" ? sum : divide(sum, given.length);
      return { value, text: withUnit(frenchDecimal(value, { isGrouped: true }), unit) };
    }
  }
}

function counted(count: number): { value: Value; text: string } {
  const value = { units: BigInt(count), scale: 0 };
  return { value, text: frenchDecimal(value, { isGrouped: true }) };
}

function order(a: Value, b: Value): number {
  if (typeof a === "object" && typeof b === "object") return compareDecimals(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same for values that are equal, « 1,0 » and « 1,00 »; empty for an empty cell. */
export function textIn({ cells, values }: TypedColumn, row: number): string {
  const value = values[row];
  return (value === null || value === undefined ? cellText(cells[row]) : valueText(value)).normalize("NFC");
}

export const withUnit = (text: string, unit: string): string => (unit ? `${text}\u00A0${unit}` : text);
