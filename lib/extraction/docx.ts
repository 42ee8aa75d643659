import { readChart } from "./chart-text.ts";
import { readDiagram } from "./diagram-text.ts";
import { type Block, blocksLine, createCharacterCount } from "./document-blocks.ts";
import { cutInSections } from "./document-sections.ts";
import { noNumbering, readNumbering } from "./docx-numbering.ts";
import { readStories, type Story, type StoryContext } from "./docx-story.ts";
import { noStyles, readStyles } from "./docx-styles.ts";
import type { Reader, WarningCode } from "./extraction.ts";
import { aside, commentAside } from "./marks.ts";
import { roman } from "./numbering.ts";
import { macroWarnings, openOfficePackage, readSparePart, withoutText } from "./office-package.ts";
import { findMainPart, outsideLinks, partOfType, type Relationship, readRelationships } from "./ooxml-relationships.ts";
import type { Archive } from "./zip.ts";

/** Reads a Word document or template (.docx, .docm, .dotx, .dotm) as sections, cut at its top-level headings. */
export const readDocx: Reader = async (bytes, { limits }) => {
  const archive = await openOfficePackage(bytes, limits);
  const main = await findMainPart(archive, "word/document.xml");
  const relationships = await readRelationships(archive, main);
  const warnings = new Set<WarningCode>(macroWarnings(archive));
  const comments = new Map<string, string>();
  const graphics = new Map<string, Block[]>();
  const calls = createNoteCalls();
  const context: StoryContext = {
    styles: noStyles(),
    numbering: noNumbering(),
    linkTarget: outsideLinks(relationships),
    noteCall: calls.call,
    comment: (id) => comments.get(id) ?? "",
    graphic: (id) => graphics.get(id) ?? [],
    count: createCharacterCount(limits),
  };

  async function readSpare(type: string, read: (chunks: AsyncIterable<Uint8Array>) => Promise<void>): Promise<void> {
    const part = partOfType(relationships, type);
    if (part && archive.has(part)) await readSparePart(warnings, () => read(archive.stream(part)));
  }

  await readSpare("styles", async (chunks) => {
    context.styles = await readStyles(chunks);
  });
  await readSpare("numbering", async (chunks) => {
    context.numbering = await readNumbering(chunks);
  });
  await readSpare("comments", async (chunks) => {
    for (const { attributes, blocks } of await readStories(chunks, context)) {
      comments.set(attributes["w:id"] ?? "", commentAside(attributes["w:author"] ?? null, blocksLine(blocks)));
    }
  });

  for (const { id, type, target } of relationships) {
    const readGraphic = type === "chart" ? readChart : type === "diagramData" ? readDiagram : null;
    if (!readGraphic || !archive.has(target)) continue;
    await readSparePart(warnings, async () => {
      graphics.set(id, await readGraphic(archive.stream(target), context.count));
    });
  }

  const stories = await readStories(archive.stream(main), context);
  const body = stories.flatMap((story) => (story.name === "w:body" ? story.blocks : []));
  const notes = new Map<string, string>();
  for (const kind of ["footnote", "endnote"] as const) {
    await readSpare(`${kind}s`, async (chunks) => keepNotes(await readStories(chunks, context), kind, calls, notes));
  }
  const headers = await readMargins(archive, relationships, "header", context, warnings);
  const footers = await readMargins(archive, relationships, "footer", context, warnings);

  const blocks = [...headers, ...body, ...footers];
  if (blocks.length > 0) return { ...cutInSections(blocks, notes, limits), warnings: [...warnings] };
  return withoutText(archive, warnings);
};

/** Footnotes are called [^1], [^2]… and endnotes [^i], [^ii]…, in the order of their calls. */
function createNoteCalls() {
  const labels = { footnote: new Map<string, string>(), endnote: new Map<string, string>() };
  return {
    call(kind: "footnote" | "endnote", id: string): string {
      const known = labels[kind];
      const number = known.size + 1;
      const label = known.get(id) ?? (kind === "footnote" ? String(number) : roman(number));
      known.set(id, label);
      return `[^${label}]`;
    },
    label: (kind: "footnote" | "endnote", id: string) => labels[kind].get(id),
  };
}

function keepNotes(
  stories: Story[],
  kind: "footnote" | "endnote",
  calls: ReturnType<typeof createNoteCalls>,
  notes: Map<string, string>,
): void {
  for (const { attributes, blocks } of stories) {
    const label = calls.label(kind, attributes["w:id"] ?? "");
    if (label !== undefined) notes.set(label, blocksLine(blocks));
  }
}

/** Each text of the margins once: the same one is often kept for the first page, the left and the right ones. */
async function readMargins(
  archive: Archive,
  relationships: Relationship[],
  type: "header" | "footer",
  context: StoryContext,
  warnings: Set<WarningCode>,
): Promise<Block[]> {
  const texts = new Set<string>();
  for (const { target } of relationships.filter((relationship) => relationship.type === type)) {
    if (!archive.has(target)) continue;
    await readSparePart(warnings, async () => {
      const links = outsideLinks(await readRelationships(archive, target));
      for (const story of await readStories(archive.stream(target), { ...context, linkTarget: links })) {
        const text = blocksLine(story.blocks);
        // A number of page alone says nothing.
        if (/\p{L}{2}/u.test(text)) texts.add(text);
      }
    });
  }
  const kind = type === "header" ? "en-tête" : "pied de page";
  return [...texts].map((text) => ({ kind: "paragraph", text: aside(kind, text) }));
}
