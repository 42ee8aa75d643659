import type { Cell } from "@/lib/extraction/extraction";
import { type Decimal, decimalOf, decimalOfNumber, frenchDecimal } from "./decimal";

/** A text, or a date as « 2026-12-31 » or « 2026-12-31T14:30:00 », is a string. */
export type Value = Decimal | string | boolean;
export type ColumnType = "number" | "date" | "boolean" | "text";

/** Which sign separates thousands in a column, besides spaces. */
export type Thousands = "." | "," | null;

const NUMBER_CHARACTERS_MAX = 40;
const PLAIN_NUMBER = /^-?\d+(?:[.,]\d+)?$/;
/** Sign or parenthesis, currency, digits, sign, unit. */
const NUMBER = /^([-+−(]?)\s?([€$£]?)\s?(\d[\d.,\s'’]*?)\s?(-?)\s?(%|k€|m€|md€|€|eur|euros?|[$£])?(\)?)$/i;
const FORMS: Record<string, RegExp> = {
  plain: /^\d+(?:[.,]\d+)?$/,
  spaces: /^\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?$/,
  dots: /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/,
  commas: /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/,
};
const UNITS: Record<string, string> = { "k€": "k€", "m€": "M€", "md€": "Md€", eur: "€", euro: "€", euros: "€" };

export const isEmpty = (cell: Cell | undefined): cell is null | undefined =>
  cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");

/** Cells of a column that can be read in one way only: « 1.234,5 », « 1.234.567 », « 1,234.5 ». */
export function thousandsOf(cells: readonly Cell[]): Thousands {
  for (const cell of cells) {
    if (typeof cell !== "string" || cell.length > NUMBER_CHARACTERS_MAX) continue;
    if (/(?<!\d)\d{1,3}(?:\.\d{3})+(?:\.\d{3}|,\d+)(?!\d)/.test(cell)) return ".";
    if (/(?<!\d)\d{1,3}(?:,\d{3})+(?:,\d{3}|\.\d+)(?!\d)/.test(cell)) return ",";
  }
  return null;
}

/** A number as it is written in French, or by a program; null when it is none. */
export function parseNumber(written: string, thousands: Thousands = null): { number: Decimal; unit: string } | null {
  if (written.length > NUMBER_CHARACTERS_MAX) return null;
  if (thousands === null && PLAIN_NUMBER.test(written))
    return { number: decimalOf(written.replace(",", ".")), unit: "" };
  const [, before = "", currency = "", digits = "", after = "", given = "", closing = ""] = NUMBER.exec(written) ?? [];
  if (digits === "" || (before === "(") !== (closing === ")") || (before !== "" && after !== "")) return null;
  const whole = plainDigits(digits, thousands);
  if (whole === null || (currency && given)) return null;
  const isNegative = before !== "" && before !== "+" ? true : after !== "";
  const unit = given.toLowerCase();
  return { number: decimalOf(isNegative ? `-${whole}` : whole), unit: currency || (UNITS[unit] ?? unit) };
}

/** "1 234,5" → "1234.5". A point or a comma before three digits is a decimal one unless the column says otherwise. */
function plainDigits(digits: string, thousands: Thousands): string | null {
  if (thousands === "." && FORMS.dots?.test(digits)) return digits.replaceAll(".", "").replace(",", ".");
  if (thousands === "," && FORMS.commas?.test(digits)) return digits.replaceAll(",", "");
  if (FORMS.plain?.test(digits)) return digits.replace(",", ".");
  if (FORMS.spaces?.test(digits)) return digits.replace(/[\s'’]/g, "").replace(",", ".");
  return null;
}

const FRENCH_DATE = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,à]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?)?$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** Years written with two digits are those from 1970 to 2069. */
const CENTURY_TURN = 70;

/** « 31/12/2026 14:30 » or ISO 8601 → « 2026-12-31T14:30:00 », without its time when it is midnight; null when it is no date. */
export function parseDate(written: string): string | null {
  const french = FRENCH_DATE.exec(written);
  if (french) {
    const [, day = "", , month = "", year = "", hours, minutes, seconds] = french;
    const full = year.length === 2 ? String(Number(year) + (Number(year) < CENTURY_TURN ? 2000 : 1900)) : year;
    return moment(`${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`, hours, minutes, seconds);
  }
  const [, year, month, day, hours, minutes, seconds] = ISO_DATE.exec(written) ?? [];
  return year ? moment(`${year}-${month}-${day}`, hours, minutes, seconds) : null;
}

function moment(day: string, hours = "00", minutes = "00", seconds = "00"): string | null {
  const time = `${hours.padStart(2, "0")}:${minutes}:${seconds}`;
  const date = new Date(`${day}T${time}Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== `${day}T${time}`) return null;
  return time === "00:00:00" ? day : `${day}T${time}`;
}

export function parseBoolean(written: string): boolean | null {
  if (/^(?:vrai|true)$/i.test(written)) return true;
  return /^(?:faux|false)$/i.test(written) ? false : null;
}

/** How a cell is written for a reader. */
export function cellText(cell: Cell | undefined): string {
  if (isEmpty(cell)) return "";
  if (typeof cell === "string") return cell.trim();
  if (typeof cell === "number") return frenchDecimal(decimalOfNumber(cell));
  return typeof cell === "boolean" ? valueText(cell) : valueText(cell.date);
}

export function valueText(value: Value): string {
  if (typeof value === "boolean") return value ? "VRAI" : "FAUX";
  if (typeof value === "object") return frenchDecimal(value);
  return value
    .replace(/^(\d{4})-(\d\d)-(\d\d)/, "$3/$2/$1")
    .replace(/T(\d\d:\d\d)(?::00)?(:\d\d)?Z?$/, (_, minutes: string, seconds = "") => ` ${minutes}${seconds}`)
    .trim();
}

/** For comparisons: without case, accents, or spaces that differ. */
export const folded = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").replace(/\s+/gu, " ").trim().toLowerCase();
