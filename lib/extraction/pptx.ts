import { readChart } from "./chart-text.ts";
import { cleanLine } from "./clean-text.ts";
import { readDiagram } from "./diagram-text.ts";
import { type Block, blocksLine, type CharacterCount, createCharacterCount } from "./document-blocks.ts";
import { ExtractionError, type Page, type Reader, type WarningCode } from "./extraction.ts";
import { macroWarnings, openOfficePackage, readSparePart } from "./office-package.ts";
import { findMainPart, outsideLinks, partOfType, type Relationship, readRelationships } from "./ooxml-relationships.ts";
import { readCommentAuthors, readSlideComments } from "./pptx-comments.ts";
import { createPlaces, type PlacesOf } from "./pptx-places.ts";
import { inReadingOrder } from "./reading-order.ts";
import { presentation, slidePage } from "./slide-page.ts";
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
  const content = await readShapes(archive.stream(part), count, outsideLinks(relationships));
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
