import { describe, expect, it } from "vitest";
import { aDocx, docxParts, paragraph, wordXml } from "@/tests/support/office-files";
import { writeZip } from "@/tests/support/zip-writer";
import { readDocx } from "./docx.ts";
import { READING_LIMITS } from "./extraction.ts";

const read = (bytes: Uint8Array, limits = READING_LIMITS) => readDocx(bytes, { limits });
const textOf = async (bytes: Uint8Array) => (await read(bytes)).pages.map((page) => page.text).join("\n\f\n");
const style = (id: string, properties: string) =>
  `<w:style w:type="paragraph" w:styleId="${id}">${properties}</w:style>`;
const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const inList = (text: string, level: number, id = 1) =>
  paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${id}"/></w:numPr>`);
const cell = (content: string, properties = "") => `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`;
const row = (...cells: string[]) => `<w:tr>${cells.join("")}</w:tr>`;

const STYLES = {
  type: "styles",
  target: "styles.xml",
  content: wordXml(
    "styles",
    style("Titre1", '<w:name w:val="heading 1"/>') +
      style("MonTitre", '<w:name w:val="Partie"/><w:basedOn w:val="Titre1"/>') +
      style("T2", '<w:name w:val="Titre 2"/>') +
      style("Plan", '<w:name w:val="Article"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>') +
      style("A", '<w:name w:val="A"/><w:basedOn w:val="B"/>') +
      style("B", '<w:name w:val="B"/><w:basedOn w:val="A"/>'),
  ),
};
const level = (at: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
const NUMBERING = {
  type: "numbering",
  target: "numbering.xml",
  content: wordXml(
    "numbering",
    `<w:abstractNum w:abstractNumId="0">${level(0, "decimal", "%1.")}${level(1, "lowerLetter", "%2)")}${level(2, "decimal", "%1.%2.%3")}</w:abstractNum>` +
      `<w:abstractNum w:abstractNumId="1">${level(0, "bullet", "")}${level(1, "bullet", "o")}</w:abstractNum>` +
      `<w:abstractNum w:abstractNumId="2">${level(0, "upperRoman", "Article %1")}</w:abstractNum>` +
      '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>' +
      '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>' +
      '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
  ),
};

describe("the structure of a Word document", () => {
  it("has headings from its styles, their ancestors, their names in French or their place in the outline", async () => {
    const body =
      paragraph("Un", '<w:pStyle w:val="MonTitre"/>') +
      paragraph("Deux", '<w:pStyle w:val="T2"/>') +
      paragraph("Trois", '<w:pStyle w:val="Plan"/>') +
      paragraph("Direct", '<w:outlineLvl w:val="3"/>') +
      paragraph("Texte", '<w:pStyle w:val="A"/>');
    const { pages, outline } = await read(aDocx(body, [STYLES]));
    expect(pages[0]?.text).toBe("# Un\n\n## Deux\n\n### Trois\n\n#### Direct\n\nTexte");
    expect(outline).toContainEqual({ title: "Trois", level: 3, page: 0 });
  });

  it("has lists with their numbers as written, nested, and going on or starting again", async () => {
    const body =
      inList("un", 0) +
      inList("a", 1) +
      inList("b", 1) +
      inList("deux", 0) +
      inList("profond", 2) +
      paragraph("Puis") +
      inList("puce", 0, 2) +
      inList("sous-puce", 1, 2) +
      inList("Objet", 0, 3) +
      inList("un", 0, 4);
    expect(await textOf(aDocx(body, [NUMBERING]))).toBe(
      [
        "1. un\n    - a) a\n    - b) b\n2. deux\n        - 2.a.1 profond",
        "Puis",
        "- puce\n    - sous-puce\n- Article I Objet\n1. un",
      ].join("\n\n"),
    );
  });

  it("has tables whose merged cells are empty and whose nested tables are flat", async () => {
    const inner = `<w:tbl>${row(cell(paragraph("x")), cell(paragraph("y")))}</w:tbl>`;
    const table = `<w:tbl>${row(cell(paragraph("A|B"), '<w:gridSpan w:val="2"/>'), cell(paragraph("C"), '<w:vMerge w:val="restart"/>'))}${row(cell(paragraph("1") + paragraph("2")), cell(inner), cell(paragraph(""), "<w:vMerge/>"))}</w:tbl>`;
    expect(await textOf(aDocx(table))).toBe("| A\\|B |  | C |\n| --- | --- | --- |\n| 1 2 | x, y |  |");
  });

  it("takes a table of one cell for a frame", async () => {
    const body = `<w:tbl>${row(cell(paragraph("Titre", '<w:pStyle w:val="Titre1"/>') + paragraph("Texte")))}</w:tbl>`;
    expect(await textOf(aDocx(body, [STYLES]))).toBe("# Titre\n\nTexte");
  });

  it("is cut at its top-level headings, and a long section at a paragraph", async () => {
    const long = Array.from({ length: 20 }, () => paragraph("mot ".repeat(150))).join("");
    const titles = ["Un", "Deux"].map((title) => paragraph(title, '<w:pStyle w:val="Titre1"/>') + long).join("");
    const { pages, outline } = await read(aDocx(paragraph("Avant") + titles, [STYLES]));
    expect(pages.map(({ label }) => label)).toEqual([null, "Un", "Un", "Deux", "Deux"]);
    expect(outline.map(({ page }) => page)).toEqual([1, 3]);
    expect(Math.max(...pages.map(({ text }) => text.length))).toBeLessThan(6_500);
  });
});

describe("what a Word document says beside its text", () => {
  const notes = (kind: string) => ({
    type: `${kind}s`,
    target: `${kind}s.xml`,
    content: wordXml(`${kind}s`, `<w:${kind} w:id="7">${paragraph(`Note de ${kind}`)}</w:${kind}>`),
  });

  it("has its notes at the end of the section that calls them", async () => {
    const body =
      `<w:p>${run("Un")}<w:r><w:footnoteReference w:id="7"/></w:r>${run(" deux")}<w:r><w:endnoteReference w:id="7"/></w:r></w:p>` +
      paragraph("Fin");
    expect(await textOf(aDocx(body, [notes("footnote"), notes("endnote")]))).toBe(
      "Un[^1] deux[^i]\n\nFin\n\n[^1]: Note de footnote\n\n[^i]: Note de endnote",
    );
  });

  it("has its comments where they are made, and its tracked changes marked", async () => {
    const comments = {
      type: "comments",
      target: "comments.xml",
      content: wordXml("comments", `<w:comment w:id="0" w:author="Jeanne">${paragraph("À revoir")}</w:comment>`),
    };
    const body = `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${run("Le")}<w:del><w:r><w:delText> vieux</w:delText></w:r></w:del><w:ins>${run(" neuf")}</w:ins><w:r><w:commentReference w:id="0"/></w:r></w:p>`;
    expect(await textOf(aDocx(body, [comments]))).toBe("Le ~~vieux~~ neuf⟨commentaire de Jeanne : À revoir⟩");
  });

  it("is as its changes leave it, not as it was before them", async () => {
    const before =
      '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>';
    expect(await textOf(aDocx(paragraph("Texte", before), [NUMBERING]))).toBe("Texte");
  });

  it("has each text of its headers and footers once, and no lonely number of page", async () => {
    const margin = (type: string, target: string, text: string) => ({
      type,
      target,
      content: wordXml(type === "header" ? "hdr" : "ftr", paragraph(text)),
    });
    const parts = [
      margin("header", "h1.xml", "Préfecture"),
      margin("header", "h2.xml", "Préfecture"),
      margin("footer", "f1.xml", "Page 1 sur 3"),
      margin("footer", "f2.xml", "4"),
    ];
    expect(await textOf(aDocx(paragraph("Texte"), parts))).toBe(
      "⟨en-tête : Préfecture⟩\n\nTexte\n\n⟨pied de page : Page 1 sur 3⟩",
    );
  });

  it("reads a text box once, after its paragraph, whichever form it is kept in", async () => {
    const box = `<w:txbxContent>${paragraph("Encadré")}</w:txbxContent>`;
    const both = `<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`;
    const fallback = `<mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent>`;
    const anchored = (drawing: string) => aDocx(`<w:p>${run("Ancre")}<w:r>${drawing}</w:r>${run(" suite")}</w:p>`);
    expect(await textOf(anchored(both))).toBe("Ancre suite\n\nEncadré");
    expect(await textOf(anchored(fallback))).toBe("Ancre suite\n\nEncadré");
  });
});

it("reads the diagrams and charts of a Word document after their paragraph", async () => {
  const dgm = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"';
  const a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
  const content = `<dgm:dataModel ${dgm} ${a}><dgm:pt><dgm:t><a:p><a:r><a:t>Étape</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>`;
  const body = `<w:p><w:r><w:drawing><dgm:relIds ${dgm} r:dm="d"/></w:drawing></w:r>${run("Voici")}</w:p>`;
  const part = { id: "d", type: "diagramData", target: "data1.xml", content };
  expect(await textOf(aDocx(body, [part]))).toBe("Voici\n\n- Étape");
});

describe("the text of a Word paragraph", () => {
  it("has links with their addresses on the web, and the results of fields without their instructions", async () => {
    const link = { id: "l1", type: "hyperlink", target: "https://exemple.fr/a", isExternal: true };
    const field = (instruction: string, result: string) =>
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const body = `<w:p><w:hyperlink r:id="l1">${run("le site")}</w:hyperlink>${run(", ")}${field('HYPERLINK "http://b.fr"', "b")}${run(", ")}${field("PAGE", "3")}<w:hyperlink r:id="l1">${run(" exemple.fr/a")}</w:hyperlink></w:p>`;
    expect(await textOf(aDocx(body, [link]))).toBe("[le site](https://exemple.fr/a), [b](http://b.fr), 3 exemple.fr/a");
  });

  it("shows what follows a field that was never ended", async () => {
    const body = `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${run("caché")}</w:p>${paragraph("vu")}`;
    expect(await textOf(aDocx(body))).toBe("vu");
  });

  it("has its tabs, breaks, symbols, controls and equations, without what is hidden", async () => {
    const body =
      `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>${run("a")}<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>` +
      `<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>` +
      `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${run(" contrôle")}</w:sdtContent></w:sdt><w:smartTag>${run(" balise")}</w:smartTag></w:p>` +
      `<w:p><m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>n</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>`;
    expect(await textOf(aDocx(body))).toBe("a\tb\nc-d☑ contrôle balise\n\n(a+b)/2xⁿ");
  });

  it("has its equations on a line, as one would type them", async () => {
    const part = (name: string, ...inner: string[]) => `<m:${name}>${inner.join("")}</m:${name}>`;
    const r = (text: string) => part("r", part("t", text));
    const power = (base: string, exponent: string) => part("sSup", part("e", r(base)), part("sup", r(exponent)));
    const equations = [
      power("10", "−4") + r("+") + power("x", "k+1") + part("sSub", part("e", r("x")), part("sub", r("2"))),
      part("eqArr", part("e", r("x+y=1")), part("e", r("x−y=3"))),
      part(
        "d",
        part("e", part("m", part("mr", part("e", r("1")), part("e", r("0"))), part("mr", part("e", r("0"), r("1"))))),
      ),
      part("func", part("fName", r("sin")), part("e", r("θ"))),
    ];
    const body = equations.map((equation) => `<w:p>${part("oMath", equation)}</w:p>`).join("");
    expect((await textOf(aDocx(body))).split("\n\n")).toEqual(["10⁻⁴+x^{k+1}x₂", "x+y=1; x−y=3", "(1 0; 01)", "sin θ"]);
  });

  it("is composed, without ligatures, soft hyphens or marks that no one sees", async () => {
    expect(await textOf(aDocx(paragraph("e\u0301tude o\ufb03cielle cou\u00adpe\u200b 10\u00a0%")))).toBe(
      "étude officielle coupe 10 %",
    );
  });

  it("is read in UTF-16, as Word does", async () => {
    const xml = wordXml("document", `<w:body>${paragraph("été")}</w:body>`).replace("UTF-8", "UTF-16");
    expect(await textOf(writeZip(docxParts(Buffer.from(`\ufeff${xml}`, "utf16le"))))).toBe("été");
  });
});

describe("a Word document that cannot be read", () => {
  it("is empty, damaged, of before 2007 or encrypted, and says which", async () => {
    const ole = (stream: string) => {
      const bytes = Buffer.alloc(1536);
      Buffer.from("d0cf11e0a1b11ae1", "hex").copy(bytes);
      bytes.write(`${stream}\0`, 1024, "utf16le");
      bytes.writeUInt16LE((stream.length + 1) * 2, 1024 + 64);
      bytes[1024 + 66] = 2;
      return bytes;
    };
    await expect(read(new Uint8Array())).rejects.toMatchObject({ code: "empty_file" });
    await expect(read(ole("EncryptedPackage"))).rejects.toMatchObject({ code: "password_needed" });
    await expect(read(ole("WordDocument"))).rejects.toMatchObject({ code: "legacy_office" });
    await expect(read(writeZip({ "autre.xml": "<a/>" }))).rejects.toMatchObject({ code: "damaged" });
    await expect(read(writeZip(docxParts("<w:document>")))).rejects.toMatchObject({ code: "damaged" });
  });

  it("has no text when it is blank, and is to be recognised when it is only images", async () => {
    await expect(read(aDocx(paragraph(" ")))).rejects.toMatchObject({ code: "no_text" });
    const image = { type: "image", target: "media/image1.png", content: Buffer.from([1]) };
    const { pages, warnings } = await read(aDocx(paragraph(""), [image]));
    expect(pages).toEqual([{ kind: "section", label: null, text: "", needsRecognition: true }]);
    expect(warnings).toEqual(["pages_without_text"]);
  });

  it("is read without a part that is damaged, and without its macros, and says so", async () => {
    const parts = [
      { type: "styles", target: "styles.xml", content: "<w:styles>" },
      { type: "vbaProject", target: "vbaProject.bin", content: Buffer.from([1]) },
    ];
    const { pages, warnings } = await read(aDocx(paragraph("Texte"), parts));
    expect(pages[0]?.text).toBe("Texte");
    expect(warnings.sort()).toEqual(["damaged_parts", "macros_ignored"]);
  });

  it("is refused when it holds too many characters, bytes or cells, as soon as it does", async () => {
    const limits = { ...READING_LIMITS, charactersMax: 1_000 };
    await expect(read(aDocx(paragraph("mot ".repeat(300))), limits)).rejects.toMatchObject({
      code: "too_large_inside",
    });
    const empty = `<w:tbl>${row(cell(paragraph(""), '<w:gridSpan w:val="999999999"/>')).repeat(10)}</w:tbl>`;
    await expect(read(aDocx(empty), limits)).rejects.toMatchObject({ code: "too_large_inside" });
    const bomb = writeZip(docxParts(Buffer.alloc(60_000_000, 32)));
    await expect(read(bomb)).rejects.toMatchObject({ code: "too_large_inside" });
  });

  it("does not take long over spaces, fields and changes without end", async () => {
    const spaces = paragraph(" ".repeat(300_000));
    const deletion = `<w:p><w:del><w:r><w:delText>a${" ".repeat(300_000)}b</w:delText></w:r></w:del></w:p>`;
    const fields = `<w:p>${'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'.repeat(20_000)}</w:p>`;
    const begun = performance.now();
    expect(await textOf(aDocx(spaces + deletion + fields.repeat(3) + paragraph("fin")))).toBe("~~a b~~\n\nfin");
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
