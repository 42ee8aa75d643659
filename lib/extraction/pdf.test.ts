import { describe, expect, it } from "vitest";
import { fontMeaning, image, pdfWriter, show, showLines } from "../../tests/support/pdf-writer.ts";
import { READING_LIMITS } from "./extraction.ts";
import { readPdf } from "./pdf.ts";

const read = (bytes: Uint8Array, password?: string) => readPdf(bytes, { limits: READING_LIMITS, password });

function aPdf(...contents: string[]): Buffer {
  const writer = pdfWriter();
  for (const content of contents) writer.page({ content });
  return writer.bytes();
}

const LINES = [
  "Le versement est demandé au service gestionnaire,",
  "qui vérifie les pièces et répond dans un délai de",
  "deux mois. Passé ce délai, la demande est rejetée.",
];

describe("a document", () => {
  it("gives each of its pages, their size, and their printed number", async () => {
    const writer = pdfWriter();
    writer.catalog("/PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>");
    writer.page({ content: show(60, 700, "Avant-propos") });
    writer.page({ content: show(60, 500, "Article premier"), size: [842, 595] });

    const { pages, warnings } = await read(writer.bytes());

    expect(pages.map(({ kind, label, text }) => ({ kind, label, text }))).toEqual([
      { kind: "page", label: "i", text: "Avant-propos" },
      { kind: "page", label: "1", text: "Article premier" },
    ]);
    expect(pages.map(({ size }) => size)).toEqual([
      { width: 595, height: 842 },
      { width: 842, height: 595 },
    ]);
    expect(warnings).toEqual([]);
  });

  it("leaves the bytes that it reads as they were", async () => {
    const bytes = new Uint8Array(aPdf(show(60, 700, "Bonjour")));
    const before = Buffer.from(bytes);
    await read(bytes);
    expect(before.equals(bytes)).toBe(true);
  });

  it("gives the outline with the page of each title, and leaves out what leads nowhere", async () => {
    const writer = pdfWriter();
    writer.page({ content: show(60, 700, "Un") });
    const second = writer.page({ content: show(60, 700, "Deux") });
    const [outlines, part, chapter, lost] = [6, 7, 8, 9].map((_, index) => `${8 + index} 0 R`);
    writer.add(`<< /Type /Outlines /First ${part} /Last ${lost} /Count 3 >>`);
    writer.add(
      `<< /Title (Partie  1) /Parent ${outlines} /Next ${lost} /First ${chapter} /Last ${chapter} /Dest [0 /Fit] >>`,
    );
    writer.add(`<< /Title (Chapitre 1) /Parent ${part} /Dest [${second} /Fit] >>`);
    // It is its own next one: a loop.
    writer.add(`<< /Title (Nulle part) /Parent ${outlines} /Next ${lost} /Dest (inconnue) >>`);
    writer.catalog(`/Outlines ${outlines}`);

    expect((await read(writer.bytes())).outline).toEqual([
      { title: "Partie 1", level: 1, page: 0 },
      { title: "Chapitre 1", level: 2, page: 1 },
    ]);
  });

  it("reads Japanese whose character map is not in the file", async () => {
    const writer = pdfWriter();
    const base =
      "/BaseFont /HeiseiMin-W3 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> " +
      "/FontDescriptor << /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 >>";
    const font = writer.add(
      "<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /90ms-RKSJ-H " +
        `/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 ${base} >>] >>`,
    );
    writer.page({ content: "BT /F2 12 Tf 60 700 Td <93fa967b8cea> Tj ET", fonts: { F2: font } });

    expect((await read(writer.bytes())).pages[0]?.text).toBe("日本語");
  });
});

describe("headers and footers", () => {
  const pageWith = (number: number, more: string) =>
    show(60, 810, "Ministère de la Transition", 9) +
    showLines(60, 600, LINES) +
    show(280, 30, `${number} / 4`, 9) +
    more;

  it("are left out of the text of the pages that repeat them, and kept aside", async () => {
    const { pages } = await read(aPdf(...[1, 2, 3, 4].map((number) => pageWith(number, ""))));

    expect(pages[0]?.text).toMatch(/^Ministère de la Transition\n\nLe versement .*rejetée\.\n\n1 \/ 4$/s);
    expect(pages[0]?.furniture).toBeUndefined();
    expect(pages[2]?.text).toMatch(/^Le versement .*rejetée\.$/s);
    expect(pages[2]?.furniture).toBe("Ministère de la Transition\n\n3 / 4");
  });

  it("are not the titles at the top of pages, whose numbers do not grow with the pages", async () => {
    const titles = [1, 4, 5, 9].map((chapter, index) => pageWith(index + 1, show(60, 780, `Chapitre ${chapter}`)));
    const { pages } = await read(aPdf(...titles));
    expect(pages[3]?.text).toContain("Chapitre 9");
    expect(pages[3]?.furniture).not.toContain("Chapitre");
  });
});

describe("what is not text", () => {
  it("is to be recognised on a scan", async () => {
    const { pages, warnings } = await read(aPdf(image(0, 0, 595, 842)));
    expect(pages).toMatchObject([{ text: "", needsRecognition: true }]);
    expect(warnings).toEqual(["pages_without_text"]);
  });

  it("is to be recognised where drawings stand for letters", async () => {
    const { pages } = await read(aPdf("10 700 m 100 700 l 100 720 l S"));
    expect(pages[0]?.needsRecognition).toBe(true);
  });

  it("is to be recognised on a scan that was only stamped", async () => {
    const { pages } = await read(aPdf(image(0, 0, 595, 842) + show(400, 20, "Reçu le 3 mars")));
    expect(pages[0]).toMatchObject({ text: "Reçu le 3 mars", needsRecognition: true });
  });

  it("is no reason to recognise a page of a few words with a small image", async () => {
    const { pages, warnings } = await read(aPdf(image(40, 750, 60, 60) + show(60, 700, "Merci de votre attention")));
    expect(pages[0]?.needsRecognition).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it("says that a document with nothing to see has no text, even when its pages are painted white", async () => {
    const blank = aPdf("", "1 1 1 rg 0 0 595 842 re f", "BT /F1 12 Tf 3 Tr 60 700 Td (   ) Tj ET");
    await expect(read(blank)).rejects.toMatchObject({ code: "no_text" });
  });

  it("leaves a blank page of a readable document alone", async () => {
    const { pages } = await read(aPdf(show(60, 700, "Bonjour"), ""));
    expect(pages[1]).toMatchObject({ text: "" });
    expect(pages[1]?.needsRecognition).toBeUndefined();
  });

  it("does not take for text letters most of which have no known meaning", async () => {
    const writer = pdfWriter();
    const meanings = Object.fromEntries(
      [..."abcdefg"].map((code, index) => [code, String.fromCharCode(0xe200 + index)]),
    );
    const content = show(60, 700, "abc defg fedcba", 11, "F2") + show(60, 660, "2024");
    writer.page({ content, fonts: { F2: fontMeaning(writer, meanings) } });
    const { pages, warnings } = await read(writer.bytes());
    expect(pages).toMatchObject([{ text: "", needsRecognition: true }]);
    expect(warnings).toEqual(["pages_without_text"]);
  });
});
