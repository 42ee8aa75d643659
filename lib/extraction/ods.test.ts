import { expect, it } from "vitest";
import { anOdf } from "@/tests/support/office-files";
import { READING_LIMITS } from "./extraction.ts";
import { readOds } from "./ods.ts";
import { COLUMNS_MAX, ROWS_MAX } from "./sheet-cells.ts";

const read = (body: string, options = {}) => readOds(anOdf("spreadsheet", body, options), { limits: READING_LIMITS });
const cell = (text: string, attributes = "") =>
  `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`;
const row = (cells: string, attributes = "") => `<table:table-row ${attributes}>${cells}</table:table-row>`;
const sheet = (rows: string, attributes = 'table:name="F"') => `<table:table ${attributes}>${rows}</table:table>`;

it("has a page for each sheet, its cells typed and its table as displayed", async () => {
  const rows =
    row(cell("Nom") + cell("Part") + cell("Le") + cell("Oui")) +
    row(
      cell("Dupont", 'office:value-type="string"') +
        cell("12,5 %", 'office:value-type="percentage" office:value="0.125"') +
        cell("01/01/25", 'office:value-type="date" office:date-value="2025-01-01"') +
        cell("VRAI", 'office:value-type="boolean" office:boolean-value="true"'),
    );
  const { pages } = await read(sheet(rows));
  expect(pages[0]).toEqual({
    kind: "sheet",
    label: "F",
    text: "| Nom | Part | Le | Oui |\n| --- | --- | --- | --- |\n| Dupont | 12,5 % | 01/01/25 | VRAI |",
    cells: [
      ["Nom", "Part", "Le", "Oui"],
      ["Dupont", 0.125, { date: "2025-01-01" }, true],
    ],
  });
});

it("repeats cells and rows that say something, and passes over those that do not", async () => {
  const rows =
    row('<table:table-cell table:number-columns-repeated="3"/>', 'table:number-rows-repeated="2"') +
    row(`<table:table-cell/>${cell("x", 'table:number-columns-repeated="2"')}`, 'table:number-rows-repeated="2"') +
    row('<table:table-cell table:number-columns-repeated="16384"/>', 'table:number-rows-repeated="1048576"');
  const { pages, warnings } = await read(sheet(rows));
  expect(pages[0]?.cells).toEqual([[], [], [null, "x", "x"], [null, "x", "x"]]);
  expect(warnings).toEqual([]);
});

it("stops repeating at the bounds of a sheet, and says that there was more", async () => {
  const rows = row(cell("x", 'table:number-columns-repeated="99999999"'), 'table:number-rows-repeated="99999999"');
  const begun = performance.now();
  const { pages, warnings } = await read(sheet(rows));
  expect(warnings).toEqual(["truncated"]);
  expect(pages[0]?.cells?.length).toBeLessThan(ROWS_MAX);
  expect(pages[0]?.cells?.[0]).toHaveLength(COLUMNS_MAX);
  expect(performance.now() - begun).toBeLessThan(10_000);
});

it("has its comments, its boxes and its hidden sheets, without covered cells or old versions", async () => {
  const comment = "<office:annotation><dc:creator>Paul</dc:creator><text:p>Revoir</text:p></office:annotation>";
  const rows = row(
    `<table:table-cell>${comment}<text:p>x</text:p></table:table-cell><table:covered-table-cell><text:p>couvert</text:p></table:covered-table-cell>`,
  );
  const box = "<table:shapes><draw:custom-shape><text:p>Encadré</text:p></draw:custom-shape></table:shapes>";
  const old = `<table:tracked-changes>${cell("ancien")}</table:tracked-changes>`;
  const automatic = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>';
  const body = old + sheet(box + rows, 'table:name="F" table:style-name="h"');
  const { pages } = await read(body, { automatic });
  expect(pages[0]?.text).toBe("⟨feuille masquée⟩\n\n| x |\n| --- |\n\n⟨commentaire de Paul en A1 : Revoir⟩\n\nEncadré");
});

it("has no text when all its sheets are blank", async () => {
  await expect(read(sheet(row(cell(" "))))).rejects.toMatchObject({ code: "no_text" });
});
