import { describe, expect, it } from "vitest";
import type { Cell } from "@/lib/extraction/extraction";
import { readColumn, readTable } from "./table";
import { queryTable } from "./table-query";
import type { TableQuery } from "./table-types";
import { parseDate, parseNumber, valueText } from "./table-values";

const NO_BREAK = "\u00A0";
const NARROW = "\u202F";

const spending: Cell[][] = [
  ["Dépenses 2026"],
  [],
  ["Service", "Date", "Montant TTC", "Part", "Payé", "Code postal"],
  ["Écoles", "31/12/2026", "1 234,56", "12 %", "VRAI", "01000"],
  ["Voirie", "01/02/2026", `1${NARROW}000,10 €`, "8,5 %", "FAUX", "75001"],
  ["écoles", "15/02/2026", `2${NO_BREAK}000,20`, "3 %", "VRAI", "69002"],
  ["Voirie", "15/03/2026", "-0,2", "1 %", "FAUX", null],
  ["", "16/03/2026", "0,1", "0 %", "VRAI", "13001"],
];

const ask = (query: TableQuery, cells: readonly Cell[][] = spending) => queryTable(readTable(cells), query);
const typesOf = (cells: readonly Cell[][]) => {
  const { columns, rows } = readTable(cells);
  return columns.map((column) => readColumn(rows, column).type);
};

describe("numbers and dates as they are written", () => {
  it.each([
    ["1 234,56", "1234,56", ""],
    [`1${NO_BREAK}234${NARROW}567,8`, "1234567,8", ""],
    [`12${NO_BREAK}%`, "12", "%"],
    ["1 200 €", "1200", "€"],
    ["1 200 euros", "1200", "€"],
    ["3,5 M€", "3,5", "M€"],
    ["(1 200,50)", "-1200,5", ""],
    ["−3", "-3", ""],
    ["1200-", "-1200", ""],
    ["$1200", "1200", "$"],
    ["1234.5", "1234,5", ""],
    ["12345678901234567890,01", "12345678901234567890,01", ""],
  ])("reads « %s »", (written, text, unit) => {
    const read = parseNumber(written);
    expect([read && valueText(read.number), read?.unit]).toEqual([text, unit]);
  });

  it.each(["06 12 34 56 78", "12/03", "=1+1", "1 2", "12,3,4", "n.c.", "", "-", "1e5", "(3", "€", "1".repeat(41)])(
    "takes « %s » for no number",
    (written) => expect(parseNumber(written)).toBeNull(),
  );

  it.each([
    ["31/12/2026", "2026-12-31"],
    ["1.2.26", "2026-02-01"],
    ["31/12/1999 14:30", "1999-12-31T14:30:00"],
    ["2026-12-31T00:00:00Z", "2026-12-31"],
    ["31/02/2026", null],
    ["12/31/2026", null],
    ["2026", null],
  ])("reads the date « %s »", (written, date) => expect(parseDate(written)).toBe(date));
});

describe("a table", () => {
  it("has its columns named by the first row that looks like a header, below a title", () => {
    const table = readTable(spending);
    expect([table.headerRow, table.rows.length]).toEqual([3, 5]);
    expect(table.columns.map(({ letter, name }) => `${letter} ${name}`)).toEqual([
      "A Service",
      "B Date",
      "C Montant TTC",
      "D Part",
      "E Payé",
      "F Code postal",
    ]);
    expect(typesOf(spending)).toEqual(["text", "date", "number", "number", "boolean", "text"]);
  });

  it("has its columns named by their letters when nothing looks like a header", () => {
    const cells = [
      [1, 2],
      [3, 4],
    ];
    expect(readTable(cells)).toMatchObject({
      headerRow: null,
      columns: [{ name: "Colonne A" }, { name: "Colonne B" }],
    });
    expect(ask({ aggregates: [{ calculation: "sum", column: "b" }] }, cells).rows).toEqual([["6"]]);
  });

  it("takes years above figures for names, and tells apart columns of the same name", () => {
    const cells = [
      ["Région", 2024, 2025, "Région", ""],
      ["Bretagne", 10, 20, "Ouest", "x"],
    ];
    expect(readTable(cells).columns.map(({ name }) => name)).toEqual([
      "Région",
      "2024",
      "2025",
      "Région (2)",
      "Colonne E",
    ]);
  });

  it("knows from a column how its thousands are written", () => {
    const sum = (...cells: string[]) =>
      ask({ aggregates: [{ calculation: "sum", column: "A" }] }, [["Montant"], ...cells.map((cell) => [cell])])
        .rows[0]?.[0];
    expect(sum("1.234,50", "12.500")).toBe(`13${NARROW}734,5`);
    expect(sum("1,234.50", "12,500")).toBe(`13${NARROW}734,5`);
    expect(sum("1,5", "12,500")).toBe("14");
  });
});

describe("a query", () => {
  it("adds decimals exactly", () => {
    const sum = (cells: Cell[]) =>
      ask({ aggregates: [{ calculation: "sum", column: "A" }] }, [["Montant"], ...cells.map((cell) => [cell])])
        .rows[0]?.[0];
    expect(sum(["0,1", "0,2"])).toBe("0,3");
    expect(sum([0.1, 0.2, 0.1 + 0.2])).toBe("0,6");
    expect(sum(Array.from({ length: 100_000 }, () => 0.01))).toBe(`1${NARROW}000`);
    expect(sum(["9007199254740993", 1e21, "-0,000000001"])).toBe(
      `1${NARROW}000${NARROW}009${NARROW}007${NARROW}199${NARROW}254${NARROW}740${NARROW}992,999999999`,
    );
  });

  it("computes on groups, and sorts them by what was computed", () => {
    const result = ask({
      groupBy: ["service"],
      aggregates: [
        { calculation: "sum", column: "montant ttc" },
        { calculation: "count" },
        { calculation: "max", column: "B" },
      ],
      sort: [{ calculation: "sum", column: "Montant TTC", isDescending: true }],
    });
    expect(result.columns).toEqual(["Service", "somme de Montant TTC", "nombre de lignes", "maximum de Date"]);
    expect(result.rows).toEqual([
      ["écoles", `2${NARROW}000,2${NO_BREAK}€`, "1", "15/02/2026"],
      ["Écoles", `1${NARROW}234,56${NO_BREAK}€`, "1", "31/12/2026"],
      ["Voirie", `999,9${NO_BREAK}€`, "2", "15/03/2026"],
      ["(vide)", `0,1${NO_BREAK}€`, "1", "16/03/2026"],
    ]);
    expect(result).toMatchObject({ matched: 5, total: 5, found: 4, notes: [expect.stringContaining("casse")] });
  });

  it("groups dates by month or by year", () => {
    const by = (groupDatesBy: "month" | "year") =>
      ask({ groupBy: ["Date"], groupDatesBy, aggregates: [{ calculation: "count" }], sort: [{ column: "Date" }] }).rows;
    expect(by("month")).toEqual([
      ["2026-02", "2"],
      ["2026-03", "2"],
      ["2026-12", "1"],
    ]);
    expect(by("year")).toEqual([["2026", "5"]]);
  });

  it("gives means, extremes and counts, and nothing for the mean of nothing", () => {
    const aggregates: TableQuery["aggregates"] = [
      { calculation: "mean", column: "Part" },
      { calculation: "min", column: "Date" },
      { calculation: "count", column: "Code postal" },
      { calculation: "count_distinct", column: "Payé" },
    ];
    expect(ask({ aggregates }).rows).toEqual([[`4,9${NO_BREAK}%`, "01/02/2026", "4", "2"]]);
    const filters: TableQuery["filters"] = [{ column: "Service", operator: "eq", value: "Sports" }];
    expect(ask({ aggregates, filters }).rows).toEqual([["", "", "0", "0"]]);
  });

  it.each<[string, NonNullable<TableQuery["filters"]>[number], number]>([
    ["a text, whatever its case and accents", { column: "SERVICE", operator: "eq", value: "ECOLES" }, 2],
    ["all but a text", { column: "Service", operator: "ne", value: "Voirie" }, 3],
    ["a part of a text", { column: "Service", operator: "contains", value: "col" }, 2],
    ["one of a list", { column: "Service", operator: "in", value: ["Voirie", "Sports"] }, 2],
    ["what is empty", { column: "Service", operator: "empty" }, 1],
    ["what is not empty", { column: "Service", operator: "empty", value: false }, 4],
    ["a number written in French", { column: "Montant TTC", operator: "ge", value: "1 000,1 €" }, 3],
    ["a number", { column: "Montant TTC", operator: "lt", value: 0.1 }, 1],
    ["percentages", { column: "Part", operator: "gt", value: "8 %" }, 2],
    ["a month", { column: "Date", operator: "eq", value: "02/2026" }, 2],
    ["dates to a day, included", { column: "Date", operator: "le", value: "15/03/2026" }, 3],
    ["a boolean", { column: "Payé", operator: "eq", value: true }, 3],
    ["a code, as it is written", { column: "Code postal", operator: "eq", value: "01000" }, 1],
  ])("keeps %s", (_, filter, matched) => {
    expect(ask({ filters: [filter] }).matched).toBe(matched);
  });

  it("shows rows as they are in the file, sorted and limited", () => {
    const query: TableQuery = {
      columns: ["Service", "C"],
      sort: [{ column: "Montant TTC", isDescending: true }],
      limit: 2,
    };
    expect(ask(query)).toMatchObject({
      rows: [
        ["écoles", `2${NO_BREAK}000,20`],
        ["Écoles", "1 234,56"],
      ],
      found: 5,
    });
  });

  it.each([false, true])("puts what is empty last, in any direction (descending: %s)", (isDescending) => {
    const { rows } = ask({ columns: ["Code postal"], sort: [{ column: "Code postal", isDescending }] });
    const codes = ["01000", "13001", "69002", "75001"];
    expect(rows.flat()).toEqual([...(isDescending ? codes.toReversed() : codes), ""]);
  });

  it("keeps the types of the spreadsheet, and shows formulas as the text they are", () => {
    const cells: Cell[][] = [
      ["Jour", "Montant", "Note"],
      [{ date: "2026-03-01" }, 1.5, "=1+1"],
      [{ date: "2026-02-01T08:30:00" }, 2, '=HYPERLINK("http://exemple.fr")'],
    ];
    expect(typesOf(cells)).toEqual(["date", "number", "text"]);
    expect(ask({ sort: [{ column: "Jour" }] }, cells).rows).toEqual([
      ["01/02/2026 08:30", "2", '=HYPERLINK("http://exemple.fr")'],
      ["01/03/2026", "1,5", "=1+1"],
    ]);
    expect(() => ask({ aggregates: [{ calculation: "sum", column: "Note" }] }, cells)).toThrow(/impossible/);
  });

  it.each<[string, TableQuery, RegExp]>([
    ["an unknown column", { columns: ["Ville"] }, /« Ville » n’existe pas\. Colonnes : A « Service », B « Date »/],
    [
      "the sum of a text",
      { aggregates: [{ calculation: "sum", column: "Service" }] },
      /« Service » n’est pas faite de nombres/,
    ],
    ["the sum of nothing", { aggregates: [{ calculation: "sum" }] }, /attend une colonne/],
    ["an order of texts", { filters: [{ column: "Service", operator: "lt", value: "B" }] }, /contient du texte/],
    [
      "a number among dates",
      { filters: [{ column: "Date", operator: "gt", value: "beaucoup" }] },
      /contient des dates/,
    ],
    ["a filter without a value", { filters: [{ column: "Date", operator: "gt" }] }, /attend une valeur/],
    [
      "a sort by what is not computed",
      { groupBy: ["Service"], sort: [{ column: "Date" }] },
      /Colonnes du résultat : « Service »/,
    ],
  ])("refuses %s in a sentence to correct it with", (_, query, message) => {
    expect(() => ask(query)).toThrow(message);
  });

  it("adds neither two currencies nor parts to percentages", () => {
    const sum =
      (...cells: Cell[]) =>
      () =>
        ask({ aggregates: [{ calculation: "sum", column: "A" }] }, [["Montant"], ...cells.map((cell) => [cell])]);
    expect(sum("10 €", "10 $")).toThrow(/de même unité/);
    expect(sum("10 %", 0.1)).toThrow(/de même unité/);
    expect(sum("10 €", 10)().rows).toEqual([[`20${NO_BREAK}€`]]);
  });

  it("tells of cells that are not counted, and of rows that look like totals", () => {
    const cells: Cell[][] = [
      ["Ville", "Montant"],
      ...["a", "b", "c", "d", "e"].map((ville) => [ville, "1"]),
      ["f", "n.c."],
      ["Total", "5"],
    ];
    const { notes, rows } = ask({ aggregates: [{ calculation: "sum", column: "Montant" }] }, cells);
    expect(rows).toEqual([["10"]]);
    expect(notes).toMatchObject(
      [/« Montant » : 1 cellule/, /Ligne\(s\) 8/].map((pattern) => expect.stringMatching(pattern)),
    );
  });
});
