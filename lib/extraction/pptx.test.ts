import { expect, it } from "vitest";
import { aPptx, aShape, type OfficePart, relationships, slideXml } from "@/tests/support/office-files";
import { writeZip } from "@/tests/support/zip-writer";
import { READING_LIMITS } from "./extraction.ts";
import { readPptx } from "./pptx.ts";

const read = (bytes: Uint8Array, limits = READING_LIMITS) => readPptx(bytes, { limits });
const TITLE = '<p:ph type="title"/>';
const A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"';
const part = (type: string, content: string): OfficePart => ({ id: type, type, target: `${type}.xml`, content });

it("has a page for each slide, in the order they are shown, with its title", async () => {
  const bytes = aPptx([aShape("Premier", { placeholder: TITLE }), aShape("Sans titre")]);
  const { pages, outline } = await read(bytes);
  expect(pages).toEqual([
    { kind: "slide", label: "Premier", text: "# Premier" },
    { kind: "slide", label: null, text: "Sans titre" },
  ]);
  expect(outline).toEqual([{ title: "Premier", level: 1, page: 0 }]);
});

it("reads its shapes line after line, in groups too, its list as items and its footer last", async () => {
  const group = `<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="500"/><a:ext cx="9" cy="9"/></a:xfrm></p:grpSpPr>${aShape("g2", { place: "5,5" })}${aShape("g1", { place: "0,5" })}</p:grpSp>`;
  const slide =
    aShape("pied", { placeholder: '<p:ph type="ftr"/>' }) +
    group +
    aShape("droite", { place: "200,10" }) +
    aShape("gauche", { place: "0,20" }) +
    aShape("Titre", { place: "0,900", placeholder: TITLE }) +
    aShape("un\ndeux", { place: "0,300", placeholder: '<p:ph idx="1"/>' });
  const { pages } = await read(aPptx([slide]));
  expect(pages[0]?.text).toBe("# Titre\n\ngauche\n\ndroite\n\n- un\n- deux\n\ng1\n\ng2\n\npied");
});

it("has its tables, notes and comments, and marks a hidden slide", async () => {
  const cell = (text: string) => `<a:tc><a:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></a:txBody></a:tc>`;
  const table = `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>${cell("A")}${cell("B")}</a:tr><a:tr>${cell("1")}${cell("2")}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
  const notes = slideXml(
    "notes",
    aShape("À dire", { placeholder: '<p:ph type="body"/>' }) + aShape("3", { placeholder: '<p:ph type="sldNum"/>' }),
  );
  const comments =
    '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cm authorId="0"><p:text>Revoir</p:text></p:cm></p:cmLst>';
  const parts = [part("notesSlide", notes), part("comments", comments)];
  const { pages } = await read(aPptx([aShape("Titre", { placeholder: TITLE }) + table], parts, 'show="0"'));
  expect(pages[0]?.text).toBe(
    "# Titre\n\n⟨diapositive masquée⟩\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n⟨commentaire : Revoir⟩\n\nNotes :\n\nÀ dire",
  );
});

it("reads its diagrams and its charts", async () => {
  const frame = (inner: string) =>
    `<p:graphicFrame><a:graphic><a:graphicData>${inner}</a:graphicData></a:graphic></p:graphicFrame>`;
  const dgm = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"';
  const c = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"';
  const node = (text: string) => `<dgm:pt><dgm:t><a:p><a:r><a:t>${text}</a:t></a:r></a:p></dgm:t></dgm:pt>`;
  const points = (...values: string[]) =>
    values.map((value, at) => `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`).join("");
  const chart = `<c:chartSpace ${c} ${A}><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Effectifs</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:ser><c:tx><c:strRef><c:strCache>${points("2024")}</c:strCache></c:strRef></c:tx><c:cat><c:strCache>${points("Nord", "Sud")}</c:strCache></c:cat><c:val><c:numCache>${points("4.2999999999999998", "5")}</c:numCache></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>`;
  const parts = [
    part(
      "diagramData",
      `<dgm:dataModel ${dgm} ${A}><dgm:ptLst>${node("Étape")}${node("Suite")}</dgm:ptLst></dgm:dataModel>`,
    ),
    part("chart", chart),
  ];
  const slide = frame(`<dgm:relIds ${dgm} r:dm="diagramData"/>`) + frame(`<c:chart ${c} r:id="chart"/>`);
  const { pages } = await read(aPptx([slide], parts));
  expect(pages[0]?.text).toBe(
    "- Étape\n- Suite\n\nEffectifs\n\n|  | 2024 |\n| --- | --- |\n| Nord | 4.3 |\n| Sud | 5 |",
  );
});

it("puts a placeholder where its layout says", async () => {
  const layout = slideXml("sldLayout", aShape("", { place: "0,0", placeholder: '<p:ph type="body" idx="4"/>' }));
  const slide =
    aShape("dessous", { place: "0,400" }) + aShape("dessus", { placeholder: '<p:ph type="body" idx="4"/>' });
  const { pages } = await read(aPptx([slide], [part("slideLayout", layout)]));
  expect(pages[0]?.text).toBe("- dessus\n\ndessous");
});

it("asks to recognise a slide that is only a picture, and has no text when all are blank", async () => {
  const picture = '<p:pic><p:blipFill><a:blip r:embed="i"/></p:blipFill></p:pic>';
  const { pages, warnings } = await read(aPptx([aShape("Texte"), picture]));
  expect(pages[1]).toEqual({ kind: "slide", label: null, text: "", needsRecognition: true });
  expect(warnings).toEqual(["pages_without_text"]);
  await expect(read(aPptx([aShape(" "), ""]))).rejects.toMatchObject({ code: "no_text" });
});

it("reads the other slides when one is damaged, and is damaged when none can be read", async () => {
  const relationship = (slide: string) => ({ id: slide, type: "slide", target: `${slide}.xml` });
  const presentation =
    '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst><p:sldId r:id="a"/><p:sldId r:id="b"/></p:sldIdLst></p:presentation>';
  const file = (a: string) =>
    writeZip({
      "_rels/.rels": relationships([{ type: "officeDocument", target: "ppt/presentation.xml" }]),
      "ppt/presentation.xml": presentation,
      "ppt/_rels/presentation.xml.rels": relationships([relationship("a"), relationship("b")]),
      "ppt/a.xml": a,
      "ppt/b.xml": "<p:sld>",
    });
  const { pages, warnings } = await read(file(slideXml("sld", aShape("Texte"))));
  expect(pages.map(({ text }) => text)).toEqual(["Texte", ""]);
  expect(warnings).toEqual(["damaged_parts"]);
  await expect(read(file("<p:sld>"))).rejects.toMatchObject({ code: "damaged" });
});

it("is refused when it has too many slides, or too much in them", async () => {
  const slides = Array.from({ length: 4 }, () => aShape("Texte"));
  await expect(read(aPptx(slides), { ...READING_LIMITS, pagesMax: 3 })).rejects.toMatchObject({
    code: "too_many_pages",
  });
  const limits = { ...READING_LIMITS, charactersMax: 1_000 };
  await expect(read(aPptx(["<p:sp/>".repeat(200)]), limits)).rejects.toMatchObject({ code: "too_large_inside" });
});
