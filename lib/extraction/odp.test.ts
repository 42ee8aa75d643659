import { expect, it } from "vitest";
import { anOdf } from "@/tests/support/office-files";
import { READING_LIMITS } from "./extraction.ts";
import { readOdp } from "./odp.ts";

const read = (body: string, options = {}) => readOdp(anOdf("presentation", body, options), { limits: READING_LIMITS });
const frame = (text: string, attributes = "") =>
  `<draw:frame ${attributes}><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`;

it("has a page for each slide: its title, its shapes in reading order, its notes and comments", async () => {
  const comment = "<office:annotation><dc:creator>Paul</dc:creator><text:p>Revoir</text:p></office:annotation>";
  const notes = `<presentation:notes>${frame("À dire", 'presentation:class="notes"')}${frame("3", 'presentation:class="page-number"')}</presentation:notes>`;
  const first = `<draw:page>${comment}${frame("bas", 'svg:x="0cm" svg:y="20cm"')}<draw:g>${frame("haut", 'svg:x="0in" svg:y="1in"')}</draw:g><draw:custom-shape svg:x="1cm" svg:y="10cm"><text:p>milieu</text:p></draw:custom-shape>${frame("Titre", 'presentation:class="title"')}${notes}</draw:page>`;
  const automatic =
    '<style:style style:name="h"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>';
  const { pages } = await read(`${first}<draw:page draw:style-name="h">${frame("Texte")}</draw:page>`, { automatic });
  expect(pages).toEqual([
    {
      kind: "slide",
      label: "Titre",
      text: "# Titre\n\nhaut\n\nmilieu\n\nbas\n\n⟨commentaire de Paul : Revoir⟩\n\nNotes :\n\nÀ dire",
    },
    { kind: "slide", label: null, text: "⟨diapositive masquée⟩\n\nTexte" },
  ]);
});

it("counts as one list those that follow each other, as PowerPoint writes them", async () => {
  const automatic = ["a", "b", "c"]
    .map(
      (name) =>
        `<text:list-style style:name="${name}"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>`,
    )
    .join("");
  const list = (style: string, text: string) =>
    `<text:list text:style-name="${style}"><text:list-item><text:p>${text}</text:p></text:list-item></text:list>`;
  const box = `<draw:frame><draw:text-box>${list("a", "un")}${list("b", "deux")}<text:p>puis</text:p>${list("c", "un")}</draw:text-box></draw:frame>`;
  const { pages } = await read(`<draw:page>${box}</draw:page>`, { automatic });
  expect(pages[0]?.text).toBe("1. un\n2. deux\n\npuis\n\n1. un");
});

it("reads a chart, asks to recognise a slide that is a picture, and has no text when blank", async () => {
  const chart =
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:chart><chart><text:p>Effectifs</text:p></chart></office:chart></office:body></office:document-content>';
  const object = '<draw:page><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></draw:page>';
  const picture = '<draw:page><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame></draw:page>';
  const { pages } = await read(object + picture, { parts: { "Object 1/content.xml": chart } });
  expect(pages[0]?.text).toBe("Effectifs");
  expect(pages[1]?.needsRecognition).toBe(true);
  await expect(read("<draw:page/>")).rejects.toMatchObject({ code: "no_text" });
});

it("reads a formula where it is on its slide", async () => {
  const math = '<math xmlns="http://www.w3.org/1998/Math/MathML"><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></math>';
  const slide = '<draw:page><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></draw:page>';
  expect((await read(slide, { parts: { "Object 1/content.xml": math } })).pages[0]?.text).toBe("H₂O");
});
