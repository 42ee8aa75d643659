import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { guessDelimiter, readCsv } from "./csv.ts";
import { READING_LIMITS } from "./extraction.ts";

const read = async (text: string | Uint8Array, limits = READING_LIMITS) => {
  const { pages, warnings } = await readCsv(new Uint8Array(Buffer.from(text)), { limits });
  return { page: pages[0], warnings };
};

describe("CSV", () => {
  it("becomes a table, and keeps its cells as strings", async () => {
    const { page, warnings } = await read("nom;montant;date\nDupont;1 234,56;31/12/2026\n;12 %;\n\n");

    expect(page).toEqual({
      kind: "sheet",
      label: null,
      text: "| nom | montant | date |\n| --- | --- | --- |\n| Dupont | 1 234,56 | 31/12/2026 |\n|  | 12 % |",
      cells: [
        ["nom", "montant", "date"],
        ["Dupont", "1 234,56", "31/12/2026"],
        [null, "12 %", null],
      ],
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    [";", "a;b\n1,5;2,5\n3,5;4,5"],
    [",", 'a,b,c\n"x; y",2,3\n4,5,6'],
    [",", "mails,id\na@b.fr|c@d.fr,1\ne@f.fr,2"],
    ["\t", "a\tb\n1,2\t3;4"],
    ["|", "a|b\n1|2"],
    [",", "une seule colonne\nsans rien"],
  ])("guesses %j", (delimiter, text) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });

  it("follows the line that Excel writes for itself", async () => {
    expect((await read("sep=,\na;b,c\n1,2")).page?.cells).toEqual([
      ["a;b", "c"],
      ["1", "2"],
    ]);
  });

  it("shows a formula as it is written", async () => {
    const { page } = await read('lien;a\n"=HYPERLINK(""http://x.fr"";""clic"")";1\n@SUM(1+1);2');

    expect(page?.text).toContain('| =HYPERLINK("http://x.fr";"clic") | 1 |');
    expect(page?.cells?.[2]).toEqual(["@SUM(1+1)", "2"]);
  });

  it("keeps a cell on several lines in its row, and reads what an unclosed quote would swallow", async () => {
    expect((await read('a;b\n"x\ny";2')).page?.text).toContain("| x y | 2 |");

    const { page, warnings } = await read('a;b\n"x;2\ny;3\nz;4');
    expect(page?.cells).toHaveLength(4);
    expect(warnings).toEqual(["damaged_parts"]);
  });

  it("says when it guessed the encoding", async () => {
    const { page, warnings } = await read(iconv.encode("prénom;âge\nZoé;12", "windows-1252"));

    expect(page?.text).toContain("| prénom | âge |");
    expect(warnings).toEqual(["encoding_guessed"]);
  });

  it("stops at the limit, and is not blown up by one very wide row", async () => {
    await expect(read("a;b\n".repeat(100), { ...READING_LIMITS, charactersMax: 100 })).rejects.toMatchObject({
      code: "too_large_inside",
    });
    const { page } = await read(`${"a;b\n".repeat(5_000)}${";".repeat(200_000)}`);
    expect(page?.text.length).toBeLessThan(100_000);
  });
});
