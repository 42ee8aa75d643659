import { describe, expect, it } from "vitest";
import { fontMeaning, pdfWriter, show, showLines } from "../../tests/support/pdf-writer.ts";
import { READING_LIMITS } from "./extraction.ts";
import { readPdf } from "./pdf.ts";

type Writer = ReturnType<typeof pdfWriter>;

/** The first page of a document whose only page has this content. */
async function pageWith(content: string, more?: (writer: Writer) => { fonts?: Record<string, string>; more?: string }) {
  const writer = pdfWriter();
  writer.page({ content, ...more?.(writer) });
  const [page] = (await readPdf(writer.bytes(), { limits: READING_LIMITS })).pages;
  return { text: page?.text ?? "", runs: page?.runs ?? [] };
}
const textOf = async (...given: Parameters<typeof pageWith>) => (await pageWith(...given)).text;

const LEFT = [
  "Le présent rapport décrit les conditions dans",
  "lesquelles les agents demandent leur indemnité",
  "auprès du service gestionnaire qui est le leur.",
  "Il rappelle ensuite les délais de réponse et ce",
  "qui se passe quand aucune réponse n'est venue.",
  "La deuxième partie traite des recours, devant",
  "l'administration d'abord, puis devant le juge,",
  "et des pièces qui doivent accompagner chacun.",
  "Une annexe donne enfin les modèles de lettres.",
];
const RIGHT = LEFT.map((line) => line.replaceAll("l", "i"));
const paragraph = (lines: readonly string[]) => lines.join(" ");

describe("words", () => {
  it("are joined or separated by what is between them", async () => {
    const pieces = show(60, 700, "Minis") + show(86.6, 700, "tère") + show(110, 700, "de") + show(126, 700, "la Santé");
    expect(await textOf(pieces)).toBe("Ministère de la Santé");
  });

  it("are one across lines when the hyphen is there for the line only", async () => {
    const text = await textOf(
      showLines(
        60,
        700,
        ["La demande d'indemni-", "sation de celui-", "ci va au sous-", "Préfet de Nord-", "Ouest."],
        11,
      ),
    );
    expect(text).toBe("La demande d'indemnisation de celui-ci va au sous-Préfet de Nord-Ouest.");
  });

  it("have composed letters, whole ligatures, and no invisible marks", async () => {
    const text = await textOf(show(60, 700, "abcde fgh", 11, "F2"), (writer) => ({
      fonts: {
        F2: fontMeaning(writer, {
          a: "e\u0301",
          b: "ﬃ",
          c: "c",
          d: "a",
          e: "ce",
          f: "´e",
          g: "t",
          h: "\u200bé",
        }),
      },
    }));
    expect(text).toBe("éfficace été");
  });

  it("have the accents that were drawn over their letters, before or after them", async () => {
    const acute = "\xb4";
    const before = show(60, 700, "d") + show(66.9, 700, acute) + show(66.1, 700, "ecret");
    const after = show(60, 660, "cafe") + show(76.7, 660, acute);
    expect(await textOf(before + after)).toBe("décret\n\ncafé");
  });

  it("are not doubled by a shadow", async () => {
    expect(await textOf(show(60, 700, "Attention", 14) + show(60.4, 699.7, "Attention", 14))).toBe("Attention");
  });

  it("from right to left are in the order in which they are said, with their numbers", async () => {
    const letters = { a: "ש", b: "ל", c: "ו", d: "ם", e: "ע" };
    const text = await textOf(
      show(100, 700, "12", 11) + show(116, 700, "dbce", 11, "F2") + show(150, 700, "dcba", 11, "F2"),
      (writer) => ({ fonts: { F2: fontMeaning(writer, letters) } }),
    );
    expect(text).toBe("שלום עולם 12");
  });
});

describe("the order of reading", () => {
  it("goes down a column, then down the next", async () => {
    const text = await textOf(
      show(60, 780, "Titre sur toute la largeur", 11) + showLines(60, 740, LEFT, 10) + showLines(310, 740, RIGHT, 10),
    );
    expect(text).toBe(`Titre sur toute la largeur\n\n${paragraph(LEFT)}\n\n${paragraph(RIGHT)}`);
  });

  it("goes down columns even when they were drawn line by line", async () => {
    const lines = LEFT.map(
      (line, index) => show(60, 740 - index * 12, line, 10) + show(310, 740 - index * 12, RIGHT[index] ?? "", 10),
    );
    expect(await textOf(lines.join(""))).toBe(`${paragraph(LEFT)}\n\n${paragraph(RIGHT)}`);
  });

  it("keeps what is beside its label with it", async () => {
    const rows = ["Nom", "Prénom", "Ville"].map(
      (label, index) => show(60, 700 - index * 30, label) + show(250, 700 - index * 30, `valeur ${index}`),
    );
    const text = await textOf(rows.join(""));
    expect(text.replace(/[|\s-]+/g, " ").trim()).toBe("Nom valeur 0 Prénom valeur 1 Ville valeur 2");
  });

  it("keeps it with it even when all labels were drawn first", async () => {
    const labels = ["Nom", "Prénom", "Ville", "Service"];
    const text = await textOf(
      showLines(60, 700, labels, 11, 20) + showLines(250, 700, ["Durand", "Anne", "Laon", "Paie"], 11, 20),
    );
    expect(text.replace(/[|\s-]+/g, " ").trim()).toBe("Nom Durand Prénom Anne Ville Laon Service Paie");
  });

  it("is the reader's on a page that is turned, and text along its side comes after", async () => {
    const turned = "BT /F1 11 Tf 0 1 -1 0 560 100 Tm (Archives) Tj ET";
    expect(await textOf(turned + showLines(60, 700, LEFT.slice(0, 2), 10))).toBe(
      `${paragraph(LEFT.slice(0, 2))}\n\nArchives`,
    );
    const lying = LEFT.slice(0, 2).map(
      (line, index) => `BT /F1 10 Tf 0 1 -1 0 ${100 + index * 12} 60 Tm (${line}) Tj ET`,
    );
    expect(await textOf(lying.join("\n"), () => ({ more: "/Rotate 90" }))).toBe(paragraph(LEFT.slice(0, 2)));
  });
});

describe("the shape of text", () => {
  it("has titles by their size, lists, and paragraphs", async () => {
    const text = await textOf(
      show(60, 780, "Rapport annuel", 22) +
        show(60, 740, "Les recours", 14) +
        showLines(60, 710, LEFT.slice(0, 3), 10) +
        showLines(60, 655, ["\x95 une lettre", "\x95 une copie", "1. le nom", "2. la date"], 10) +
        showLines(60, 590, LEFT.slice(5, 8), 10),
    );
    expect(text).toBe(
      [
        "# Rapport annuel",
        "## Les recours",
        paragraph(LEFT.slice(0, 3)),
        "- une lettre\n- une copie\n1. le nom\n2. la date",
        paragraph(LEFT.slice(5, 8)),
      ].join("\n\n"),
    );
  });

  it("has a table where cells are aligned, each on one line", async () => {
    const rows = [
      ["Mesure", "Pilote", "Coût"],
      ["Guichet", "DGAFP", "1 200"],
      ["Portail", "DINUM | SG", "80"],
      ["Formation", "DITP", "340"],
    ];
    const table = rows.map((row, line) =>
      row.map((cell, column) => show(60 + column * 150, 600 - line * 20, cell)).join(""),
    );
    expect(await textOf(table.join(""))).toBe(
      "| Mesure | Pilote | Coût |\n| --- | --- | --- |\n| Guichet | DGAFP | 1 200 |\n" +
        "| Portail | DINUM \\| SG | 80 |\n| Formation | DITP | 340 |",
    );
  });

  it("keeps a cell of several lines whole", async () => {
    const cell = (column: number, y: number, lines: string[]) => showLines(60 + column * 220, y, lines, 10);
    const table = [
      cell(0, 700, ["Mesure"]) + cell(1, 700, ["Description"]),
      cell(0, 675, ["Guichet unique"]) + cell(1, 675, ["Réunir en un lieu les", "demandes des agents"]),
      cell(0, 638, ["Portail"]) + cell(1, 638, ["Ouvrir un site où", "suivre sa demande"]),
    ];
    expect(await textOf(table.join(""))).toBe(
      "| Mesure | Description |\n| --- | --- |\n| Guichet unique | Réunir en un lieu les demandes des agents |\n" +
        "| Portail | Ouvrir un site où suivre sa demande |",
    );
  });

  it("does not make a table of a list, nor of text in two columns", async () => {
    const list = ["1.", "2.", "3."].map(
      (mark, index) => show(60, 700 - index * 15, mark) + show(90, 700 - index * 15, LEFT[index] ?? ""),
    );
    expect(await textOf(list.join(""))).toBe(`1. ${LEFT[0]}\n2. ${LEFT[1]}\n3. ${LEFT[2]}`);
  });
});

describe("the place of text", () => {
  it("is known for each piece, in the text and on the page", async () => {
    const { text, runs } = await pageWith(
      show(60, 780, "Titre", 22) + showLines(60, 740, ["Une demande d'indemni-", "sation"]) + show(300, 100, "Fin"),
    );
    const said = runs.map(({ start, length }) => text.slice(start, start + length));
    expect(said).toEqual(["Titre", "Une demande d'indemni", "sation", "Fin"]);
    const last = runs.at(-1);
    expect(last?.x).toBe(300);
    expect(last?.y).toBeGreaterThan(842 - 100 - 11);
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThan(842 - 100 + 11);
    expect(last?.width).toBeCloseTo(11 * (0.611 + 0.222 + 0.556), 1);
  });
});
