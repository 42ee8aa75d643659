import type { Cell } from "./extraction.ts";

/** How a number is displayed, and what it is: a format may make it a date. */
export type NumberFormat = (value: number, is1904: boolean) => { cell: Cell; text: string };

const DAY_MS = 86_400_000;
/** Serial 0 of each system of dates; the first one has a 29 February 1900 (serial 60) that never was. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LAST_SERIAL = 2_958_465;

/** ECMA-376 part 1, 18.8.30: formats that files refer to without writing them; those of dates follow the language. */
const BUILT_IN: Record<number, string> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  14: "dd/mm/yyyy",
  15: "dd/mm/yyyy",
  16: "dd/mm/yyyy",
  17: "mm/yyyy",
  18: "h:mm",
  19: "h:mm:ss",
  20: "h:mm",
  21: "h:mm:ss",
  22: "dd/mm/yyyy h:mm",
  37: "#,##0",
  38: "#,##0",
  39: "#,##0.00",
  40: "#,##0.00",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss",
};

export function builtInFormat(id: number): string {
  return BUILT_IN[id] ?? "General";
}

/** Reads a format of Office: "0.00%", "dd/mm/yyyy", `#,##0.00 "€"`: is it a date, a part, what is written around it. */
export function parseNumberFormat(code: string): NumberFormat {
  const section = firstSection(code);
  const letters = withoutLiterals(section);
  if (/\[(h+|m+|s+)\]/i.test(section)) return (value) => ({ cell: value, text: durationText(value) });
  if (/[ymdhs]/i.test(letters) && !/general|standard/i.test(letters)) return dateFormat(letters);
  if (!/[0#?]/.test(letters)) return plain;
  return decimalFormat(section, letters.includes("%"));
}

export const plain: NumberFormat = (value) => ({ cell: value, text: numberText(value) });

/** A number with fewer digits was typed, or computed from such numbers. */
const TYPED_CHARACTERS_MAX = 14;

/** Without the digits that binary fractions add (0.30000000000000004); a number that has none other is given whole. */
function numberText(value: number): string {
  const typed = String(Number(value.toPrecision(15)));
  return typed.length <= TYPED_CHARACTERS_MAX ? typed : String(value);
}

function firstSection(code: string): string {
  return /^(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*/.exec(code.slice(0, 500))?.[0] ?? "";
}

function withoutLiterals(section: string): string {
  return section.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "").replace(/am\/pm|a\/p/gi, "");
}

/** The value itself, not rounded as on the screen: what is read is searched and counted with. */
function decimalFormat(section: string, isPercent: boolean): NumberFormat {
  const { before, after } = literalsAround(section);
  return (value) => {
    const text = isPercent ? `${numberText(value * 100)}%` : numberText(value);
    return { cell: value, text: `${before}${text}${after}`.trim() };
  };
}

/** What a format writes around its digits: the sign of a currency, a unit. */
function literalsAround(section: string): { before: string; after: string } {
  const written = section
    .replace(/\[\$([^\]-]*)[^\]]*\]/g, '"$1"')
    .replace(/\[[^\]]*\]|_.|\*./g, "")
    .replace(/\\(.)/g, '"$1"');
  const first = written.replace(/"[^"]*"/g, (literal) => " ".repeat(literal.length)).search(/[0#?]/);
  const literals = (part: string) => [...part.matchAll(/"([^"]*)"|([€$£ ])/g)].map(([, a, b]) => a ?? b).join("");
  return { before: literals(written.slice(0, first)), after: literals(written.slice(first)) };
}

function dateFormat(letters: string): NumberFormat {
  const hasTime = /[hs]/i.test(letters);
  const hasDay = /d/i.test(letters);
  const hasYear = /y/i.test(letters);
  const hasMonth = /m/i.test(hasTime ? letters.replace(/h[^a-z]*m+|m+[^a-z]*s/gi, "") : letters);
  const hasDate = hasDay || hasYear || hasMonth;
  return (value, is1904) => {
    if (!(value >= 0 && value <= LAST_SERIAL)) return plain(value, is1904);
    const date = new Date(dateOfSerial(value, is1904));
    const [day = "", time = ""] = date.toISOString().slice(0, 19).split("T");
    const clock = time.endsWith(":00") ? time.slice(0, 5) : time;
    if (!hasDate) return { cell: { date: `T${time}` }, text: clock };
    const [year, month, number] = day.split("-");
    const parts = [hasDay ? number : null, hasMonth || hasDay ? month : null, hasYear || hasDay ? year : null];
    const text = parts.filter(Boolean).join("/");
    const isMidnight = time === "00:00:00";
    return {
      cell: { date: isMidnight ? day : `${day}T${time}` },
      text: hasTime ? `${text} ${clock}` : text,
    };
  };
}

function dateOfSerial(serial: number, is1904: boolean): number {
  const shift = !is1904 && serial >= 1 && serial < 60 ? 1 : 0;
  const ms = (is1904 ? EPOCH_1904 : EPOCH_1900) + (serial + shift) * DAY_MS;
  return Math.round(ms / 1000) * 1000;
}

function durationText(days: number): string {
  const seconds = Math.round(Math.abs(days) * 86_400);
  const two = (number: number) => String(number).padStart(2, "0");
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days < 0 ? `-${text}` : text;
}
