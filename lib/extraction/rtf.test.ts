import { describe, expect, it } from "vitest";
import { READING_LIMITS } from "./extraction.ts";
import { readRtf } from "./rtf.ts";

const read = async (rtf: string, limits = READING_LIMITS) =>
  readRtf(new Uint8Array(Buffer.from(rtf, "latin1")), { limits });
const textOf = async (body: string) =>
  (await read(`{\\rtf1\\ansi\\ansicpg1252\\uc1 ${body}}`)).pages.map(({ text }) => text).join("\n\f\n");

describe("RTF", () => {
  it("reads letters in every way they are written", async () => {
    expect(await textOf("\\'e9t\\'e9 \\u233?t\\u233?\\par {\\uc2 \\u8364\\'80\\'80 \\uc0\\u339 uvre}")).toBe(
      "été été\n\n€ œuvre",
    );
    expect(await textOf("\\u-10179?\\u-8950? co\\-op\\'e9 a\\~b\\emdash c \\ldblquote d\\rdblquote  \\{\\}\\\\")).toBe(
      "🔊 coopé a\u00a0b—c “d” {}\\",
    );
  });

  it("follows the code page of the document, and that of each font", async () => {
    const rtf =
      "{\\rtf1\\mac{\\fonttbl{\\f0\\fcharset77 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}}\\f0\\'8et\\'8e {\\f1\\'c4\\'e0} \\f2\\'82\\'a0}";

    expect((await read(rtf)).pages[0]?.text).toBe("été Да あ");
  });

  it("leaves out what is not text", async () => {
    const rest = [
      "{\\colortbl;\\red0;}{\\stylesheet{\\s1 secret;}}{\\info{\\title secret}}{\\*\\generator secret;}",
      "{\\*\\inconnu secret {encore secret}}{\\pict\\pngblip 89504e47}{\\pict\\bin6 }}}{{{}",
      "{\\object\\objemb{\\*\\objdata 0105secret}{\\result vu}}{\\v secret}{\\*\\annotation secret}",
      "{\\xe{secret}}",
    ];

    expect(await textOf(`a ${rest.join("")} b`)).toBe("a vu b");
  });

  it("keeps titles, lists, links, text boxes and deleted words", async () => {
    const style = "{\\stylesheet{\\s1\\outlinelevel0 Titre 1;}}";
    const list =
      "{\\listtext\\'b7\\tab}un\\par{\\pntext 2.\\tab}deux\\par{\\listtext\\'b7\\tab}\\ilvl1 trois\\par\\pard ";
    const link = '{\\field{\\*\\fldinst HYPERLINK "https://exemple.fr/"}{\\fldrslt ici}}';
    const box = "{\\shp{\\*\\shpinst{\\sp{\\sn secret}}{\\shptxt encadr\\'e9\\par}}{\\shprslt secret}}";

    expect(
      await textOf(`${style}\\pard\\s1 Titre\\par\\pard ${list}Voir ${link}${box} {\\deleted pas} l\\'e0.\\par`),
    ).toBe("# Titre\n\n- un\n2. deux\n    - trois\n\nVoir [ici](https://exemple.fr/) ~~pas~~ là.\n\nencadré");
  });

  it("puts headers first, footers and notes last", async () => {
    const text = await textOf(
      "{\\header Mairie\\par}{\\footer Page\\par}{\\headerl Mairie\\par}Texte{\\footnote\\chftn  Une note.} suite\\par",
    );

    expect(text).toBe("Mairie\n\nTexte[^1] suite\n\n[^1]: Une note.\n\nPage");
  });

  it("makes tables, and takes the frame away from a single cell", async () => {
    const row = (...cells: string[]) => `\\trowd\\cellx1\\cellx2\\pard\\intbl ${cells.join("\\cell ")}\\cell\\row `;

    expect(await textOf(`${row("Nom", "a\\par b")}${row("Z|o", "")}\\pard fin\\par ${row("seul")}`)).toBe(
      "| Nom | a b |\n| --- | --- |\n| Z\\|o |\n\nfin\n\nseul",
    );
  });

  it("keeps what comes before the place where a file breaks off, and says so", async () => {
    const { pages, warnings } = await read("{\\rtf1 Bonjour {\\b tout");

    expect(pages[0]?.text).toBe("Bonjour tout");
    expect(warnings).toEqual(["damaged_parts"]);
    await expect(read("{\\rtf1{\\fonttbl{\\f0 Arial")).rejects.toMatchObject({ code: "damaged" });
    await expect(read("bonjour")).rejects.toMatchObject({ code: "damaged" });
  });

  it("refuses groups without end, and text without measure", async () => {
    await expect(read(`{\\rtf1 ${"{".repeat(100_000)}a${"}".repeat(100_001)}`)).rejects.toMatchObject({
      code: "damaged",
    });
    await expect(
      read(`{\\rtf1 ${"a".repeat(2_000)}}`, { ...READING_LIMITS, charactersMax: 1_000 }),
    ).rejects.toMatchObject({
      code: "too_large_inside",
    });
  });

  it("survives odd ends and numbers", async () => {
    for (const odd of [
      "\\",
      "\\'",
      "\\'z",
      "\\u",
      "\\bin99999999999 a",
      "\\bin-5 a",
      "\\uc-3\\u65 ",
      "}}}}",
      "\\f99999999999 ",
    ])
      await read(`{\\rtf1 a${odd}`);
  });

  it("reads ten megabytes of picture quickly", async () => {
    const start = performance.now();

    expect(await textOf(`a{\\pict ${`${"0f".repeat(64)}\n`.repeat(80_000)}}b`)).toBe("ab");
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
