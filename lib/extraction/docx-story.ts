import { addTable, type Block, blocksLine } from "./document-blocks.ts";
import { createInline, type InlineContext, type Line } from "./docx-inline.ts";
import type { Numbering } from "./docx-numbering.ts";
import { levelOfOutline } from "./docx-styles.ts";
import { parseXml } from "./xml.ts";
import type { XmlAttributes } from "./xml-names.ts";

export type StoryContext = InlineContext & {
  numbering: Numbering;
  /** What the chart or the diagram of this relationship says. */
  graphic(id: string): readonly Block[];
};
/** A body, a header, a note, a comment, with the attributes it has. */
export type Story = { name: string; attributes: XmlAttributes; blocks: Block[] };

type Flow = { blocks: Block[] };
type Paragraph = {
  line: Line;
  before: Line;
  boxes: Block[];
  style: string | null;
  numId: string | null;
  numLevel: number | null;
  outline: number | null;
};
type Table = { rows: string[][]; row: string[]; span: number; isContinued: boolean; onlyCell: Block[] | null };

const STORIES = new Set(["w:body", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment"]);
/** What things were before a change, what a content control is made of, how an ideogram is read. */
const SKIPPED = /^w:(\w+Change|sdtPr|sdtEndPr|rt)$/;
const SPAN_MAX = 63;
/** What a cell counts for besides its text: a table may be immense and empty. */
const EMPTY_CELL = "    ";

/** Reads the stories of a part of a Word document, as it comes. */
export async function readStories(chunks: AsyncIterable<Uint8Array>, context: StoryContext): Promise<Story[]> {
  const stories: Story[] = [];
  const inline = createInline(context);
  const flows: Flow[] = [];
  const paragraphs: Paragraph[] = [];
  const tables: Table[] = [];
  /** What was written when each mc:AlternateContent began: its fallback is for those who could write nothing of it. */
  const alternatives: number[] = [];
  let skipped = 0;

  function openParagraph(): void {
    const line: Line = [];
    const before = inline.writeIn(line);
    paragraphs.push({ line, before, boxes: [], style: null, numId: null, numLevel: null, outline: null });
  }

  function closeParagraph(): void {
    const paragraph = paragraphs.pop();
    const blocks = flows.at(-1)?.blocks;
    if (!paragraph || !blocks) return;
    if (paragraphs.length === 0) inline.endParagraph();
    inline.writeIn(paragraph.before);
    const block = blockOf(paragraph, context);
    if (block) blocks.push(block);
    for (const box of paragraph.boxes) blocks.push(box);
  }

  function closeCell(): void {
    const table = tables.at(-1);
    const cell = flows.pop();
    if (!table || !cell) return;
    table.row.push(table.isContinued ? "" : blocksLine(cell.blocks));
    for (let column = 1; column < table.span; column += 1) table.row.push("");
    context.count(EMPTY_CELL.repeat(table.span));
    table.onlyCell = table.rows.length === 0 && table.row.length === 1 ? cell.blocks : null;
  }

  function closeTable(): void {
    const table = tables.pop();
    const blocks = flows.at(-1)?.blocks;
    if (table && blocks) addTable(blocks, table.rows, table.onlyCell);
  }

  function closeBox(): void {
    const box = flows.pop();
    const target = paragraphs.at(-1)?.boxes ?? flows.at(-1)?.blocks;
    for (const block of box?.blocks ?? []) target?.push(block);
  }

  function addGraphic(id: string | undefined): void {
    for (const block of context.graphic(id ?? "")) paragraphs.at(-1)?.boxes.push(block);
  }

  function openStructure(name: string, attributes: XmlAttributes): void {
    const table = tables.at(-1);
    if (name === "w:p") openParagraph();
    else if (name === "w:tbl") tables.push({ rows: [], row: [], span: 1, isContinued: false, onlyCell: null });
    else if (name === "w:tr" && table) table.row = [];
    else if (name === "w:tc" && table) {
      table.span = 1;
      table.isContinued = false;
      flows.push({ blocks: [] });
    } else if (name === "w:txbxContent") flows.push({ blocks: [] });
    else if (name === "mc:AlternateContent") alternatives.push(inline.charactersWritten());
    else if (name === "c:chart") addGraphic(attributes["r:id"]);
    else if (name === "dgm:relIds") addGraphic(attributes["r:dm"]);
    else if (STORIES.has(name)) {
      const story = { name, attributes, blocks: [] };
      stories.push(story);
      flows.push({ blocks: story.blocks });
    }
  }

  function openProperty(name: string, attributes: XmlAttributes): void {
    const value = attributes["w:val"] ?? "";
    const table = tables.at(-1);
    if (name === "w:gridSpan" && table) table.span = Math.min(SPAN_MAX, Number(value) || 1);
    else if (name === "w:vMerge" && table) table.isContinued = value !== "restart";
    const paragraph = inline.isInProperties() ? paragraphs.at(-1) : undefined;
    if (!paragraph) return;
    if (name === "w:pStyle") paragraph.style = value;
    else if (name === "w:numId") paragraph.numId = value;
    else if (name === "w:ilvl") paragraph.numLevel = Number(value);
    else if (name === "w:outlineLvl") paragraph.outline = Number(value);
  }

  await parseXml(chunks, {
    open(name, attributes) {
      const isUnneeded = name === "mc:Fallback" && alternatives.at(-1) !== inline.charactersWritten();
      if (skipped > 0 || isUnneeded || SKIPPED.test(name)) {
        skipped += 1;
        return;
      }
      openStructure(name, attributes);
      openProperty(name, attributes);
      inline.open(name, attributes);
    },
    close(name) {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      inline.close(name);
      if (name === "w:p") closeParagraph();
      else if (name === "w:tc") closeCell();
      else if (name === "w:tr") tables.at(-1)?.rows.push(tables.at(-1)?.row ?? []);
      else if (name === "w:tbl") closeTable();
      else if (name === "w:txbxContent") closeBox();
      else if (name === "mc:AlternateContent") alternatives.pop();
      else if (STORIES.has(name)) flows.pop();
    },
    text(text) {
      if (skipped === 0) inline.text(text);
    },
  });
  return stories;
}

function blockOf(paragraph: Paragraph, context: StoryContext): Block | null {
  const text = paragraph.line.join("");
  const style = context.styles.paragraph(paragraph.style);
  const level = paragraph.outline === null ? style.level : levelOfOutline(paragraph.outline);
  const numId = paragraph.numId ?? style.numId;
  const styleDepth = style.numLevel ?? context.numbering.levelOfStyle(numId ?? "", paragraph.style ?? "");
  const depth = paragraph.numLevel ?? (paragraph.numId === null ? styleDepth : null) ?? styleDepth ?? 0;
  // An empty paragraph of a list counts all the same.
  const marker = numId === null || numId === "0" ? null : context.numbering.next(numId, depth);
  if (text.trim() === "") return null;
  if (level !== null) return { kind: "heading", level, text: marker && marker !== "-" ? `${marker} ${text}` : text };
  if (marker === null) return { kind: "paragraph", text };
  return { kind: "item", depth, marker: marker || "-", text };
}
