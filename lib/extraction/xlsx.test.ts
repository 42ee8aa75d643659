import { expect, it } from "vitest";
import { anXlsx, sheetXml } from "@/tests/support/office-files";
import { READING_LIMITS } from "./extraction.ts";
import { COLUMNS_MAX, ROWS_MAX } from "./sheet-cells.ts";
import { readXlsx } from "./xlsx.ts";

const read = (bytes: Uint8Array, limits = READING_LIMITS) => readXlsx(bytes, { limits });
const cell = (address: string, value: string, type = "n", style = 0) =>
  `<c r="${address}" t="${type}" s="${style}"><v>${value}</v></c>`;
const text = (address: string, value: string) => `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`;
const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join("")}</row>`;
const styles = (...codes: string[]) => ({
  type: "styles",
  target: "styles.xml",
  content: sheetXml(
    "styleSheet",
    `<numFmts>${codes.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code}"/>`).join("")}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${codes.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join("")}</cellXfs>`,
  ),
});

it("has a page for each sheet, its cells as they are and a table of what they show", async () => {
  const strings = {
    type: "sharedStrings",
    target: "sharedStrings.xml",
    content: sheetXml(
      "sst",
      "<si><t>Nom</t></si><si><r><t>Du</t></r><r><t>pont</t></r><rPh><t>phonétique</t></rPh></si>",
    ),
  };
  const rows =
    row(1, cell("A1", "0", "s"), text("B1", "Part"), text("C1", "Le"), text("D1", "Oui")) +
    row(2, cell("A2", "1", "s"), cell("B2", "0.125", "n", 1), cell("C2", "45658", "n", 2), cell("D2", "1", "b")) +
    row(
      3,
      '<c r="A3"><f>SUM(B1:B2)</f><v>0.30000000000000004</v></c><c r="B3"><f>NOW()</f></c>',
      cell("C3", "#N/A", "e"),
    );
  const { pages, outline } = await read(anXlsx([{ name: "Feuil1", rows }], [strings, styles("0.0%", "dd/mm/yyyy")]));
  expect(pages[0]).toEqual({
    kind: "sheet",
    label: "Feuil1",
    text: "| Nom | Part | Le | Oui |\n| --- | --- | --- | --- |\n| Dupont | 12.5% | 01/01/2025 | TRUE |\n| 0.3 | =NOW() | #N/A |  |",
    cells: [
      ["Nom", "Part", "Le", "Oui"],
      ["Dupont", 0.125, { date: "2025-01-01" }, true],
      [0.30000000000000004, "=NOW()", "#N/A"],
    ],
  });
  expect(outline).toEqual([{ title: "Feuil1", level: 1, page: 0 }]);
});

it("counts dates from 1904 when the workbook does", async () => {
  const rows = row(1, cell("A1", "0", "n", 1));
  const { pages } = await read(anXlsx([{ name: "F", rows }], [styles("d/m/yy")], 'date1904="1"'));
  expect(pages[0]?.cells).toEqual([[{ date: "1904-01-01" }]]);
});

it("marks hidden sheets, and keeps an empty one among others", async () => {
  const { pages } = await read(
    anXlsx([
      { name: "Vide", rows: "" },
      { name: "Cachée", rows: row(1, text("A1", "x")), state: "veryHidden" },
    ]),
  );
  expect(pages.map(({ text }) => text)).toEqual(["", "⟨feuille masquée⟩\n\n| x |\n| --- |"]);
});

it("skips the rows and columns where nothing is written, and keeps cells at their places", async () => {
  const { pages } = await read(anXlsx([{ name: "F", rows: row(3, text("B3", "x")) + row(5, text("D5", "y")) }]));
  expect(pages[0]?.text).toBe("| x |  |\n| --- | --- |\n|  | y |");
  expect(pages[0]?.cells).toEqual([[], [], [null, "x"], [], [null, null, null, "y"]]);
});

it("says the cells of an immense empty table by their addresses", async () => {
  const rows = Array.from(
    { length: 300 },
    (_, at) => `<row><c t="inlineStr" r="${letters(at)}${at + 1}"><is><t>v</t></is></c></row>`,
  );
  const { pages } = await read(anXlsx([{ name: "F", rows: rows.join("") }]));
  expect(pages[0]?.text.split("\n").at(-1)).toBe("KN300: v");
});

it("keeps as many rows, columns and cells as it may, and says that there were more", async () => {
  const far = row(ROWS_MAX + 1, text("A100001", "loin")) + row(1, text("A1", "près"), text("CZZ1", "trop loin"));
  const { pages, warnings } = await read(anXlsx([{ name: "F", rows: far }]));
  expect(pages[0]?.cells).toEqual([["près"]]);
  expect(warnings).toEqual(["truncated"]);
  expect([ROWS_MAX, COLUMNS_MAX]).toEqual([100_000, 2_000]);

  const wide = Array.from({ length: 1_100 }, (_, at) => row(at + 1, text(`BXX${at + 1}`, "x"))).join("");
  const limited = await read(anXlsx([{ name: "F", rows: wide }]));
  expect(limited.warnings).toEqual(["truncated"]);
  expect(limited.pages[0]?.cells?.length).toBeLessThan(1_050);

  const low = Array.from({ length: 30 }, (_, at) => ({ name: `F${at}`, rows: row(ROWS_MAX, text("A100000", "bas")) }));
  expect((await read(anXlsx(low))).warnings).toEqual(["truncated"]);
});

it("has the comments of its cells after its table", async () => {
  const comments = sheetXml(
    "comments",
    '<authors><author>Jeanne</author><author>tc={1}</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>Jeanne:</t></r><r><t> à revoir</t></r></text></comment><comment ref="C3" authorId="1"><text><t>ancienne forme</t></text></comment></commentList>',
  );
  const relations =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="x/comments" Target="../comments1.xml"/></Relationships>';
  const parts = [
    { type: "other", target: "comments1.xml", content: comments },
    { type: "other", target: "worksheets/_rels/sheet1.xml.rels", content: relations },
  ];
  const { pages } = await read(anXlsx([{ name: "F", rows: row(1, text("A1", "x")) }], parts));
  expect(pages[0]?.text).toBe("| x |\n| --- |\n\n⟨commentaire de Jeanne en B2 : à revoir⟩");
});

it("gives nothing of a sheet that is damaged, says so, and reads the others", async () => {
  const sheets = [
    { name: "Abîmée", rows: `${row(1, text("A1", "x"))}<row>` },
    { name: "Bonne", rows: row(1, text("A1", "y")) },
  ];
  const { pages, warnings } = await read(anXlsx(sheets));
  expect(pages.map((page) => page.cells)).toEqual([[], [["y"]]]);
  expect(warnings).toEqual(["damaged_parts"]);
  await expect(read(anXlsx(sheets.slice(0, 1)))).rejects.toMatchObject({ code: "damaged" });
});

it("is refused when it is blank, or when no sheet of it can be read", async () => {
  await expect(read(anXlsx([{ name: "F", rows: "" }]))).rejects.toMatchObject({ code: "no_text" });
  await expect(read(anXlsx([{ name: "F", rows: "<row>" }]))).rejects.toMatchObject({ code: "damaged" });
  const sheets = Array.from({ length: 3 }, (_, at) => ({ name: `F${at}`, rows: row(1, text("A1", "x")) }));
  await expect(read(anXlsx(sheets), { ...READING_LIMITS, pagesMax: 2 })).rejects.toMatchObject({
    code: "too_many_pages",
  });
});

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : String.fromCharCode(64 + Math.floor(column / 26)) + last;
}
