import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv, toTsv } from "./table-text";

describe("a table as CSV", () => {
  it("opens in the French Excel: byte order mark, semicolons, line ends of Windows", () => {
    expect(
      toCsv([
        ["Étape", "Montant"],
        ["Dépôt", "1 200,50 €"],
      ]),
    ).toBe("\uFEFFÉtape;Montant\r\nDépôt;1 200,50 €\r\n");
  });

  it("keeps semicolons, quotes and line breaks within their cell", () => {
    expect(toCsv([["a;b", 'dit « "oui" »', "un\ndeux"]])).toBe('\uFEFF"a;b";"dit « ""oui"" »";"un\ndeux"\r\n');
  });

  it.each(["=1+1", "+cmd|'/c calc'!A1", "-2+3+cmd|'/c calc'!A0", "@SUM(A1)", "\t=1", "- 2*A1", "=", "-A1", "+1+1"])(
    "takes « %s » for a text, never for a formula",
    (cell) => {
      const [line = ""] = toCsv([[cell]])
        .slice(1)
        .split("\r\n");
      expect(line.replace(/^"/, "")).toBe(`'${cell}`);
      expect(toTsv([[cell]])).toMatch(/^'/);
    },
  );

  it.each(["-12,5", "−3", "+4", "- 1 200,50 €", "-1\u202f200 €", "-0.5 %", "+1,2e-3", "-15 k€", "-5 °C"])(
    "leaves the number %s a number",
    (cell) => expect(toCsv([[cell]])).toBe(`\uFEFF${cell}\r\n`),
  );

  it("never lets a cell begin like a formula unless it is a number", () => {
    const cells = fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n ;\"'1a,.€%"), maxLength: 8 });
    fc.assert(
      fc.property(cells, (cell) => {
        const raw = toCsv([[cell]])
          .slice(1, -2)
          .replace(/^"|"$/g, "");
        return !/^\s*[=+\-@]/.test(raw) || /^\s*[+-]\s*\d[\d\s.,e€%]*$/.test(raw);
      }),
    );
  });
});

it("a table on the clipboard has one line a row and one tab between cells", () => {
  expect(
    toTsv([
      ["a\tb", "c\nd"],
      ["1", "-2"],
    ]),
  ).toBe("a b\tc d\n1\t-2");
});
