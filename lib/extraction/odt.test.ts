import { expect, it } from "vitest";
import { anOdf, odfXml } from "@/tests/support/office-files";
import { writeZip } from "@/tests/support/zip-writer";
import { READING_LIMITS } from "./extraction.ts";
import { readOdt } from "./odt.ts";

const read = (bytes: Uint8Array, limits = READING_LIMITS) => readOdt(bytes, { limits });
const textOf = async (body: string, options = {}) =>
  (await read(anOdf("text", body, options))).pages.map((page) => page.text).join("\n\f\n");
const p = (text: string) => `<text:p>${text}</text:p>`;
const item = (content: string) => `<text:list-item>${content}</text:list-item>`;
const cells = (...texts: string[]) => texts.map((text) => `<table:table-cell>${p(text)}</table:table-cell>`).join("");

const LISTS =
  '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>' +
  '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>';
const OUTLINE =
  '<office:styles><style:style style:name="Title"/><text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style></office:styles>';

it("has headings with their numbers, the title of the document being one", async () => {
  const body =
    '<text:p text:style-name="P1">Rapport</text:p><text:h text:outline-level="1">Un</text:h><text:h text:outline-level="2">Deux</text:h>';
  const automatic = '<style:style style:name="P1" style:parent-style-name="Title"/>';
  expect(await textOf(body, { styles: OUTLINE, automatic })).toBe("# Rapport\n\n# I. Un\n\n## I.1 Deux");
});

it("has lists, nested, going on when they say so, an item of several paragraphs being one", async () => {
  const nested = `<text:list>${item(p("a"))}${item(p("b"))}</text:list>`;
  const body =
    `<text:list text:style-name="N">${item(p("un") + p("suite") + nested)}${item(p("deux"))}</text:list>` +
    `<text:list text:style-name="N" text:continue-numbering="true">${item(p("trois"))}</text:list>` +
    `${p("puis")}<text:list text:style-name="N">${item(p("un"))}</text:list><text:list text:style-name="B">${item(p("puce"))}</text:list>`;
  expect(await textOf(body, { automatic: LISTS })).toBe(
    "1. un\n    suite\n    - a) a\n    - b) b\n2. deux\n3. trois\n\npuis\n\n1. un\n- puce",
  );
});

it("has tables, what they repeat, and what they cover left empty", async () => {
  const table = `<table:table><table:table-header-rows><table:table-row>${cells("A", "B")}<table:table-cell table:number-columns-repeated="2"/></table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated="2">${cells("1")}<table:covered-table-cell>${p("x")}</table:covered-table-cell></table:table-row></table:table>`;
  expect(await textOf(table)).toBe("| A | B |  |  |\n| --- | --- | --- | --- |\n| 1 |  |  |  |\n| 1 |  |  |  |");
});

it("does not let a table repeat more than it can hold", async () => {
  const row = `<table:table-row table:number-rows-repeated="99999999"><table:table-cell table:number-columns-repeated="99999999">${p("mot")}</table:table-cell></table:table-row>`;
  const limits = { ...READING_LIMITS, charactersMax: 200_000 };
  const bytes = anOdf("text", `<table:table>${row.repeat(10)}</table:table>`);
  await expect(read(bytes, limits)).rejects.toMatchObject({ code: "too_large_inside" });
});

it("has its notes, comments, tracked changes and text boxes, without what is not displayed", async () => {
  const deletion = `<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Paul</dc:creator></office:change-info>${p("ancien")}</text:deletion></text:changed-region></text:tracked-changes>`;
  const note = `<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>${p("La note")}</text:note-body></text:note>`;
  const comment = `<office:annotation><dc:creator>Jeanne</dc:creator><dc:date>2025-01-01</dc:date>${p("À revoir")}</office:annotation>`;
  const box = `<draw:frame><draw:text-box>${p("Encadré")}</draw:text-box><svg:title>Titre caché</svg:title></draw:frame>`;
  const body = `${deletion}<text:p>Un${note} <text:change text:change-id="c1"/> <text:span text:style-name="H">caché</text:span>deux${comment}${box}</text:p>${p("Fin")}`;
  const automatic = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>';
  expect(await textOf(body, { automatic })).toBe(
    "Un[^1] ~~ancien~~ deux⟨commentaire de Jeanne : À revoir⟩\n\nEncadré\n\nFin\n\n[^1]: La note",
  );
});

it("has its spaces, tabs, breaks and links, and its headers and footers once", async () => {
  const styles = `<office:master-styles><style:master-page><style:header>${p("Mairie")}</style:header><style:header-left>${p("Mairie")}</style:header-left><style:footer>${p("12")}</style:footer></style:master-page></office:master-styles>`;
  const body = p(
    'a\n  b<text:tab/>c<text:line-break/>d<text:s text:c="9999999"/>e <text:a xlink:href="https://a.fr">lien</text:a>',
  );
  expect(await textOf(body, { styles })).toBe("⟨en-tête : Mairie⟩\n\na b\tc\nd e [lien](https://a.fr)");
});

it("needs a password when its manifest says that its content is encrypted", async () => {
  const manifest = (part: string) =>
    `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="${part}"><m:encryption-data/></m:file-entry></m:manifest>`;
  const file = (part: string) => anOdf("text", p("Texte"), { parts: { "META-INF/manifest.xml": manifest(part) } });
  await expect(read(file("content.xml"))).rejects.toMatchObject({ code: "password_needed" });
  const whole = writeZip({ "META-INF/manifest.xml": manifest("encrypted-package"), "encrypted-package": "x" });
  await expect(read(whole)).rejects.toMatchObject({ code: "password_needed" });
  expect((await read(file("Basic/Standard/Module1.xml"))).pages).toHaveLength(1);
});

it("is refused when it is damaged, has no content or no text", async () => {
  await expect(read(writeZip({ "styles.xml": "<a/>" }))).rejects.toMatchObject({ code: "damaged" });
  await expect(read(writeZip({ "content.xml": odfXml("x", "").slice(0, -5) }))).rejects.toMatchObject({
    code: "damaged",
  });
  await expect(read(anOdf("text", p(" ")))).rejects.toMatchObject({ code: "no_text" });
  const image = await read(anOdf("text", p(""), { parts: { "Pictures/a.png": "x" } }));
  expect(image.pages[0]?.needsRecognition).toBe(true);
});

it("has the formulas of its objects on a line, where they are, and nothing of its other objects", async () => {
  const m = (name: string, ...inner: string[]) => `<${name}>${inner.join("")}</${name}>`;
  const square = m("msup", m("mi", "b"), m("mn", "2"));
  const root = m("msqrt", m("mrow", square, m("mo", "−"), m("mn", "4"), m("mi", "a"), m("mi", "c")));
  const formula = m(
    "mfrac",
    m("mrow", m("mo", "−"), m("mi", "b"), m("mo", "+"), root),
    m("mrow", m("mn", "2"), m("mi", "a")),
  );
  const annotation = '<annotation encoding="StarMath 5.0">{-b + sqrt{b^2}} over {2a}</annotation>';
  const math = `<math xmlns="http://www.w3.org/1998/Math/MathML">${m("semantics", m("mrow", m("mi", "x"), m("mo", "="), formula), annotation)}</math>`;
  const object = (path: string) => `<draw:frame><draw:object xlink:href="./${path}"/></draw:frame>`;
  const parts = { "Object 1/content.xml": math, "Object 2/content.xml": "<autre>rien</autre>" };
  const body = `<text:p>On a ${object("Object 1")} ici${object("Object 2")}.</text:p>`;
  expect(await textOf(body, { parts })).toBe("On a x=(−b+√(b²−4ac))/(2a) ici.");
});
