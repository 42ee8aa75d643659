import { expect, it } from "vitest";
import { builtInFormat, parseNumberFormat } from "./number-format.ts";

const shown = (code: string, value: number, is1904 = false) => parseNumberFormat(code)(value, is1904).text;
const cell = (code: string, value: number) => parseNumberFormat(code)(value, false).cell;

it("shows a number as it is, without the digits that binary fractions add", () => {
  expect(shown("General", 0.1 + 0.2)).toBe("0.3");
  expect(shown("General", 1_234_567.1 + 0.2)).toBe("1234567.3");
  expect(shown("General", Math.sin(1))).toBe("0.8414709848078965");
  expect(shown("0.00", 1234.5)).toBe("1234.5");
  expect(shown("#,##0", 1234567)).toBe("1234567");
  expect(shown("0.00E+00", 1500)).toBe("1500");
});

it("shows percentages and what a format writes around its digits", () => {
  expect(shown("0.0%", 0.07)).toBe("7%");
  expect(shown('#,##0.00 "€"', 12.5)).toBe("12.5 €");
  expect(shown("[$€-40C]#,##0", -3)).toBe("€-3");
  expect(shown("0\\ \\k\\g", 5)).toBe("5 kg");
});

it("knows dates from other numbers by their format alone", () => {
  expect(shown("dd/mm/yyyy", 45658)).toBe("01/01/2025");
  expect(shown("d mmm yyyy h:mm", 45658.75)).toBe("01/01/2025 18:00");
  expect(shown("[$-40C]mmmm yyyy;@", 45658)).toBe("01/2025");
  expect(shown("yyyy", 45658)).toBe("2025");
  expect(shown("h:mm AM/PM", 0.25)).toBe("06:00");
  expect(shown(builtInFormat(14), 45658)).toBe("01/01/2025");
  expect(shown('0 "jours"', 3)).toBe("3 jours");
  expect(shown("[Red]0", 3)).toBe("3");
  expect(cell("dd/mm/yyyy h:mm", 45658.75)).toEqual({ date: "2025-01-01T18:00:00" });
  expect(cell("h:mm", 0.75)).toEqual({ date: "T18:00:00" });
});

it("follows both systems of dates, the 29 February 1900 that never was, and shows what is no date as a number", () => {
  expect(shown("dd/mm/yyyy", 1)).toBe("01/01/1900");
  expect(shown("dd/mm/yyyy", 61)).toBe("01/03/1900");
  expect(shown("dd/mm/yyyy", 0, true)).toBe("01/01/1904");
  expect(shown("dd/mm/yyyy", -1)).toBe("-1");
  expect(shown("dd/mm/yyyy", 1e12)).toBe("1000000000000");
});

it("shows a duration beyond a day", () => {
  expect(shown("[h]:mm", 1.5)).toBe("36:00:00");
  expect(shown("[mm]:ss", -0.5)).toBe("-12:00:00");
});

it("does not take long over a format made to be slow", () => {
  const begun = performance.now();
  shown(`${"h".repeat(5_000)}${"m ".repeat(5_000)}`, 1);
  shown(`"${"\\".repeat(5_000)}`, 1);
  shown("[".repeat(5_000), 1);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
