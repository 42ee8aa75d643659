import { readChart } from "./chart-text.ts";
import { cleanLine } from "./clean-text.ts";
import { type Block, blocksLine, type CharacterCount, createCharacterCount } from "./document-blocks.ts";
import { createDrawingText } from "./drawing-text.ts";
import { type Extraction, ExtractionError, type Page, type Reader, type WarningCode } from "./extraction.ts";
import { macroWarnings, openOfficePackage, readSparePart } from "./office-package.ts";
import { findMainPart, partOfType, type Relationship, readRelationships } from "./ooxml-relationships.ts";
import { readCommentAuthors, readSlideComments } from "./pptx-comments.ts";
import { createPlaces, type PlacesOf } from "./pptx-places.ts";
import { inReadingOrder } from "./reading-order.ts";
import { areBlank, slidePage } from "./slide-page.ts";
import { readShapes, type Shape } from "./slide-shapes.ts";
import { parseXml } from "./xml.ts";
import type { Archive } from "./zip.ts";

type Context = {
  archive: Archive;
  count: CharacterCount;
  places: PlacesOf;
  authors: ReadonlyMap<string, string>;
  warnings: Set<WarningCode>;
};

const TITLES = new Set(["title", "ctrTitle"]);
const FOOTERS = new Set(["ftr", "dt", "sldNum", "hdr"]);

/** Reads a PowerPoint presentation (.pptx, .pptm, .potx, .ppsx): a page for each slide, in the order they are shown. */
export const readPptx: Reader = async (bytes, { limits }) => {
  const archive = await openOfficePackage(bytes, limits);
  const main = await findMainPart(archive, "ppt/presentation.xml");
  const relationships = await readRelationships(archive, main);
  const count = createCharacterCount(limits);
  const warnings = new Set<WarningCode>(macroWarnings(archive));
  const authors = new Map<string, string>();
  for (const type of ["commentAuthors", "authors"]) {
    const part = partOfType(relationships, type);
    if (!part || !archive.has(part)) continue;
    await readSparePart(warnings, async () => {
      for (const [id, name] of await readCommentAuthors(archive.stream(part))) authors.set(id, name);
    });
  }

  const context: Context = { archive, count, places: createPlaces(archive, count), authors, warnings };
  const pages: Page[] = [];
  for (const id of await readSlideOrder(archive.stream(main))) {
    if (pages.length >= limits.pagesMax) throw new ExtractionError("too_many_pages");
    const part = relationships.find((relationship) => relationship.id === id)?.target ?? "";
    let page: Page = { kind: "slide", label: null, text: "" };
    await readSparePart(warnings, async () => {
      page = await readSlide(part, context);
    });
    pages.push(page);
  }
  return presentation(pages, warnings);
};

/** The pages of a presentation; it has `no_text` when it is blank, and is `damaged` when nothing of it can be read. */
export function presentation(pages: Page[], warnings: Set<WarningCode>): Omit<Extraction, "type" | "language"> {
  if (areBlank(pages)) throw new ExtractionError(warnings.has("damaged_parts") ? "damaged" : "no_text");
  if (pages.some((page) => page.needsRecognition)) warnings.add("pages_without_text");
  const outline = pages.flatMap(({ label }, page) => (label === null ? [] : [{ title: label, level: 1, page }]));
  return { pages, outline, warnings: [...warnings] };
}

async function readSlideOrder(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
  const ids: string[] = [];
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "p:sldId") ids.push(attributes["r:id"] ?? "");
    },
    close() {},
    text() {},
  });
  return ids;
}

async function readSlide(part: string, context: Context): Promise<Page> {
  const { archive, count, warnings } = context;
  const relationships = await readRelationships(archive, part);
  const content = await readShapes(archive.stream(part), count, linksOf(relationships));
  const places = await context.places(relationships);
  const shapes = content.shapes.filter((shape) => !shape.isHidden);
  for (const shape of shapes) shape.place ??= places(shape.placeholder);

  const isTitle = ({ placeholder }: Shape) => TITLES.has(placeholder?.type ?? "");
  const isFooter = ({ placeholder }: Shape) => FOOTERS.has(placeholder?.type ?? "");
  const body: Block[] = [];
  for (const shape of inReadingOrder(shapes.filter((one) => !isTitle(one) && !isFooter(one)))) {
    await addShape(body, shape, relationships, context);
  }
  const comments: string[] = [];
  for (const { target } of relationships.filter(({ type }) => type === "comments")) {
    await readSparePart(warnings, async () => {
      for (const one of await readSlideComments(archive.stream(target), context.authors, count)) comments.push(one);
    });
  }
  return slidePage({
    title: shapes.filter(isTitle).map(textOf).filter(Boolean).join(" "),
    body,
    footer: shapes.filter(isFooter).map(textOf).filter(Boolean).join(" · "),
    notes: await readNotes(relationships, context),
    comments,
    isHidden: content.isHidden,
    hasPicture: shapes.some(hasPicture),
  });
}

async function addShape(blocks: Block[], shape: Shape, relationships: Relationship[], context: Context): Promise<void> {
  if (shape.isHidden) return;
  for (const block of shape.blocks) blocks.push(block);
  const part = relationships.find(({ id }) => id === shape.part?.id)?.target;
  if (part && context.archive.has(part)) {
    await readSparePart(context.warnings, async () => {
      const chunks = context.archive.stream(part);
      const read = shape.part?.kind === "chart" ? readChart : readDiagram;
      for (const block of await read(chunks, context.count)) blocks.push(block);
    });
  }
  for (const child of inReadingOrder(shape.children)) await addShape(blocks, child, relationships, context);
}

/** The texts of a SmartArt, as a list: `dgm:pt` are also its links and its drawing, which have none of their own. */
async function readDiagram(chunks: AsyncIterable<Uint8Array>, count: CharacterCount): Promise<Block[]> {
  const text = createDrawingText(count, () => null);
  await parseXml(chunks, text);
  return text.take(true);
}

async function readNotes(relationships: Relationship[], { archive, count, warnings }: Context): Promise<Block[]> {
  const notes: Block[] = [];
  const part = partOfType(relationships, "notesSlide");
  if (!part || !archive.has(part)) return notes;
  await readSparePart(warnings, async () => {
    const { shapes } = await readShapes(archive.stream(part), count, () => null);
    for (const { placeholder, blocks } of shapes) {
      if (placeholder?.type !== "body") continue;
      for (const block of blocks) notes.push({ kind: "paragraph", text: blocksLine([block]).replace(/^- /, "") });
    }
  });
  return notes;
}

function textOf(shape: Shape): string {
  return cleanLine(blocksLine(shape.blocks));
}

function hasPicture(shape: Shape): boolean {
  return shape.isPicture || shape.children.some(hasPicture);
}

function linksOf(relationships: Relationship[]): (id: string) => string | null {
  const targets = new Map(relationships.filter((one) => one.isExternal).map(({ id, target }) => [id, target]));
  return (id) => targets.get(id) ?? null;
}
