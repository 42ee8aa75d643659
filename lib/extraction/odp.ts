import { type Block, blocksLine, createCharacterCount } from "./document-blocks.ts";
import { ExtractionError, type Page, type Reader, type WarningCode } from "./extraction.ts";
import { readOdfChart } from "./odf-chart.ts";
import { objectPath, readOdfFormulas } from "./odf-formulas.ts";
import { pointsOf } from "./odf-length.ts";
import { openOdfPackage, readOdfStyles } from "./odf-package.ts";
import { createOdfText } from "./odf-text.ts";
import { macroWarnings, readSparePart } from "./office-package.ts";
import { inReadingOrder } from "./reading-order.ts";
import { presentation, slidePage } from "./slide-page.ts";
import { parseXml } from "./xml.ts";
import type { XmlAttributes } from "./xml-names.ts";

type Place = { x: number; y: number; width: number; height: number };
type Shape = { depth: number; role: string; place: Place | null; blocks: Block[]; object: string | null };
type Slide = { shapes: Shape[]; notes: Block[]; comments: string[]; isHidden: boolean; hasPicture: boolean };

const TITLES = new Set(["title"]);
const FOOTERS = new Set(["footer", "date-time", "page-number", "header"]);
/** What groups shapes or is beside them; all else in a slide is a shape. */
const NOT_SHAPES = new Set(["draw:g", "draw:a", "svg:title", "svg:desc", "office:annotation", "office:forms"]);

/** Reads an OpenDocument presentation (.odp, .otp): a page for each slide, in order. */
export const readOdp: Reader = async (bytes, { limits }) => {
  const archive = await openOdfPackage(bytes, limits);
  const warnings = new Set<WarningCode>(macroWarnings(archive));
  const styles = await readOdfStyles(archive, warnings);
  const count = createCharacterCount(limits);
  const formulas = await readOdfFormulas(archive, warnings, count);
  const text = createOdfText(styles, count, { areListsJoined: true });
  const slides: Slide[] = [];
  let slide: Slide | null = null;
  let shape: Shape | null = null;
  let isInNotes = false;
  let depth = 0;

  function openSlide(attributes: XmlAttributes): void {
    if (slides.length >= limits.pagesMax) throw new ExtractionError("too_many_pages");
    const isHidden = styles.isHidden(attributes["draw:style-name"] ?? "");
    slide = { shapes: [], notes: [], comments: [], isHidden, hasPicture: false };
    slides.push(slide);
    text.pushFlow();
  }

  function openInSlide(current: Slide, name: string, attributes: XmlAttributes): void {
    if (name === "presentation:notes") {
      isInNotes = true;
      text.pushFlow();
    } else if (!shape && !NOT_SHAPES.has(name) && name.startsWith("draw:")) {
      const role = attributes["presentation:class"] ?? "";
      shape = { depth, role, place: placeOf(attributes), blocks: [], object: null };
      text.pushFlow();
    }
    if (name === "draw:object" && shape) shape.object = attributes["xlink:href"] ?? null;
    if (name === "draw:image" && !isInNotes) current.hasPicture = true;
    text.open(name, attributes);
  }

  function closeInSlide(current: Slide, name: string): void {
    text.close(name);
    if (shape?.depth === depth) {
      shape.blocks = text.popFlow();
      if (!isInNotes) current.shapes.push(shape);
      else if (!FOOTERS.has(shape.role)) for (const block of shape.blocks) current.notes.push(block);
      shape = null;
    } else if (name === "presentation:notes") {
      isInNotes = false;
      text.popFlow();
    } else if (name === "draw:page") {
      current.comments = text.popFlow().map((block) => blocksLine([block]));
      slide = null;
    }
  }

  await parseXml(archive.stream("content.xml"), {
    open(name, attributes) {
      depth += 1;
      if (name === "draw:page") openSlide(attributes);
      else if (slide) openInSlide(slide, name, attributes);
      else styles.open(name, attributes);
    },
    close(name) {
      if (slide) closeInSlide(slide, name);
      else styles.close(name);
      depth -= 1;
    },
    text(piece) {
      if (slide) text.text(piece);
    },
  });

  const pages: Page[] = [];
  for (const one of slides) {
    const body: Block[] = [];
    for (const { blocks, object } of inReadingOrder(
      one.shapes.filter(({ role }) => !TITLES.has(role) && !FOOTERS.has(role)),
    )) {
      for (const block of blocks) body.push(block);
      if (object === null) continue;
      const formula = formulas.get(objectPath(object));
      if (formula) body.push({ kind: "paragraph", text: formula });
      await readSparePart(warnings, async () => {
        for (const block of await readOdfChart(archive, object, count)) body.push(block);
      });
    }
    pages.push(slidePage({ ...one, title: linesOf(one, TITLES, " "), footer: linesOf(one, FOOTERS, " · "), body }));
  }
  return presentation(pages, warnings);
};

function linesOf(slide: Slide, roles: ReadonlySet<string>, separator: string): string {
  const lines = slide.shapes.filter(({ role }) => roles.has(role)).map(({ blocks }) => blocksLine(blocks));
  return lines.filter(Boolean).join(separator);
}

function placeOf(attributes: XmlAttributes): Place | null {
  const x = pointsOf(attributes["svg:x"]);
  const y = pointsOf(attributes["svg:y"]);
  if (x === null || y === null) return null;
  return { x, y, width: pointsOf(attributes["svg:width"]) ?? 0, height: pointsOf(attributes["svg:height"]) ?? 0 };
}
