import { addTable, type Block, blocksLine, type CharacterCount } from "./document-blocks.ts";
import { commentAside, linkMarkdown, markedDeletion } from "./marks.ts";
import { roman } from "./numbering.ts";
import { objectPath } from "./odf-formulas.ts";
import { createOdfLists } from "./odf-lists.ts";
import type { OdfStyles } from "./odf-styles.ts";
import type { XmlAttributes } from "./xml-names.ts";

type Lists = ReturnType<typeof createOdfLists>;
type Flow = { blocks: Block[]; aside: ReturnType<Lists["setAside"]>; above: Paragraph | null };
type Paragraph = { heading: number | null; style: string; line: string[]; boxes: Block[]; above: Paragraph | null };
type Table = { rows: string[][]; row: string[]; onlyCell: Block[] | null; rowRepeats: number; cellRepeats: number };
type Span = { name: string; paragraph: Paragraph | null; from: number; target: string };
type Author = { name: string; isOpen: boolean };

const SKIPPED = new Set([
  "svg:title",
  "svg:desc",
  "dc:date",
  "text:note-citation",
  "text:ruby-text",
  "text:sender-initials",
  "office:forms",
  "office:binary-data",
  "text:index-title-template",
  "annotation",
]);
const SKIPPED_SUFFIX = /^(text:[\w-]+-source|meta:[\w-]*creator-initials|math:annotation)$/;
/** Each of these holds text of its own, apart from what is around it. */
const FLOWS = new Set(["text:note-body", "office:annotation", "table:table-cell", "table:covered-table-cell"]);
const BOXES = new Set(["draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:path", "draw:polygon"]);
const SPACES_MAX = 100;
/** What a table of a text repeats is rarely more than a few empty cells. */
const REPEATS_MAX = 200;
/** What a cell counts for without a text: a table may be immense and empty. */
const EMPTY_CELL = "    ";

/** Text of an OpenDocument file, as it is read: paragraphs, lists, tables, notes, comments, tracked changes. */
export function createOdfText(
  styles: OdfStyles,
  count: CharacterCount,
  { areListsJoined = false, formulas }: { areListsJoined?: boolean; formulas?: ReadonlyMap<string, string> } = {},
) {
  const notes = new Map<string, string>();
  const deletions = new Map<string, string>();
  const lists = createOdfLists(styles, areListsJoined);
  const flows: Flow[] = [];
  const tables: Table[] = [];
  const spans: Span[] = [];
  const authors: Author[] = [];
  const noteKinds: string[] = [];
  let paragraph: Paragraph | null = null;
  let deletion: string | null = null;
  let skipped = 0;
  const noteCounts = { footnote: 0, endnote: 0 };

  function add(text: string): void {
    if (!paragraph) return;
    count(text);
    paragraph.line.push(text);
  }

  function pushFlow(): void {
    flows.push({ blocks: [], aside: lists.setAside(), above: paragraph });
    paragraph = null;
  }

  function popFlow(): Block[] {
    const flow = flows.pop();
    if (!flow) return [];
    lists.takeBack(flow.aside);
    paragraph = flow.above;
    return flow.blocks;
  }

  function closeParagraph(): void {
    const closed = paragraph;
    const blocks = flows.at(-1)?.blocks;
    paragraph = closed?.above ?? null;
    if (!closed || !blocks) return;
    addParagraph(blocks, closed, lists, styles);
    for (const box of closed.boxes) blocks.push(box);
  }

  function closeBox(): void {
    const boxed = popFlow();
    const target = paragraph?.boxes ?? flows.at(-1)?.blocks;
    for (const block of boxed) target?.push(block);
  }

  function closeCell(isCovered: boolean): void {
    const table = tables.at(-1);
    const blocks = popFlow();
    if (!table) return;
    const text = isCovered ? "" : blocksLine(blocks);
    for (let repeat = 0; repeat < table.cellRepeats; repeat += 1) {
      count(text || EMPTY_CELL);
      table.row.push(text);
    }
    table.onlyCell = table.rows.length === 0 && table.row.length === 1 ? blocks : null;
  }

  function closeRow(): void {
    const table = tables.at(-1);
    if (!table) return;
    const repeats = table.row.every((cell) => cell === "") ? 1 : table.rowRepeats;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      if (repeat > 0) for (const cell of table.row) count(cell);
      table.rows.push(table.row);
    }
  }

  function closeNote(): void {
    const text = blocksLine(popFlow());
    const kind = noteKinds.at(-1) === "endnote" ? "endnote" : "footnote";
    noteCounts[kind] += 1;
    const label = kind === "endnote" ? roman(noteCounts.endnote) : String(noteCounts.footnote);
    notes.set(label, text);
    add(`[^${label}]`);
  }

  function closeAnnotation(): void {
    const comment = commentAside(authors.pop()?.name ?? null, blocksLine(popFlow()));
    if (paragraph) add(comment);
    else if (comment) flows.at(-1)?.blocks.push({ kind: "paragraph", text: comment });
  }

  function openText(name: string, attributes: XmlAttributes): void {
    if (name === "text:p" || name === "text:h") {
      const heading = name === "text:h" ? Number(attributes["text:outline-level"] ?? 1) || 1 : null;
      const style = attributes["text:style-name"] ?? "";
      paragraph = { heading, style, line: [], boxes: [], above: paragraph };
    } else if (name === "text:s") add(" ".repeat(Math.min(SPACES_MAX, Number(attributes["text:c"] ?? 1) || 1)));
    else if (name === "text:tab") add("\t");
    else if (name === "text:line-break") add("\n");
    else if (name === "text:a") {
      spans.push({ name, paragraph, from: paragraph?.line.length ?? 0, target: attributes["xlink:href"] ?? "" });
    } else if (name === "text:change") add(markedDeletion(deletions.get(attributes["text:change-id"] ?? "") ?? ""));
    else if (name === "draw:object") add(formulas?.get(objectPath(attributes["xlink:href"] ?? "")) ?? "");
    else if (name === "text:note") noteKinds.push(attributes["text:note-class"] ?? "");
    else if (name === "text:changed-region") deletion = attributes["text:id"] ?? attributes["xml:id"] ?? null;
    else if (name === "dc:creator") {
      const author = authors.at(-1);
      if (author) author.isOpen = true;
    } else lists.open(name, attributes);
  }

  function openTable(name: string, attributes: XmlAttributes): void {
    const table = tables.at(-1);
    if (name === "table:table") {
      tables.push({ rows: [], row: [], onlyCell: null, rowRepeats: 1, cellRepeats: 1 });
    } else if (name === "table:table-row" && table) {
      table.row = [];
      table.rowRepeats = repeatsOf(attributes["table:number-rows-repeated"]);
    } else if (name.endsWith("table-cell") && table) {
      table.cellRepeats = repeatsOf(attributes["table:number-columns-repeated"]);
    }
  }

  return {
    notes,
    pushFlow,
    popFlow,
    open(name: string, attributes: XmlAttributes): void {
      const isUnseen =
        attributes["text:display"] === "none" ||
        (name === "text:span" && styles.isHidden(attributes["text:style-name"] ?? ""));
      if (skipped > 0 || isUnseen || SKIPPED.has(name) || SKIPPED_SUFFIX.test(name)) {
        skipped += 1;
        return;
      }
      if (name.startsWith("table:")) openTable(name, attributes);
      else openText(name, attributes);
      if (name === "office:annotation") authors.push({ name: "", isOpen: false });
      if (FLOWS.has(name) || BOXES.has(name) || name === "text:deletion") pushFlow();
    },
    close(name: string): void {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      if (name === "text:p" || name === "text:h") closeParagraph();
      else if (name === "text:a") closeLink(spans.pop(), paragraph);
      else if (name === "text:note-body") closeNote();
      else if (name === "text:note") noteKinds.pop();
      else if (name === "office:annotation") closeAnnotation();
      else if (name === "text:deletion") deletions.set(deletion ?? "", blocksLine(popFlow()));
      else if (name === "dc:creator") {
        for (const author of authors) author.isOpen = false;
      } else if (BOXES.has(name)) closeBox();
      else if (name === "table:table-cell" || name === "table:covered-table-cell") closeCell(name.includes("covered"));
      else if (name === "table:table-row") closeRow();
      else if (name === "table:table") {
        const table = tables.pop();
        const blocks = flows.at(-1)?.blocks;
        if (table && blocks) addTable(blocks, table.rows, table.onlyCell);
      } else lists.close(name);
    },
    text(text: string): void {
      const author = authors.at(-1);
      if (skipped > 0) return;
      if (author?.isOpen) author.name = (author.name + text).slice(0, 200);
      else add(text.replace(/\s+/g, " "));
    },
  };
}

function addParagraph(blocks: Block[], paragraph: Paragraph, lists: Lists, styles: OdfStyles): void {
  const text = paragraph.line.join("");
  if (text.trim() === "") return;
  const item = lists.item(paragraph.style);
  const heading = paragraph.heading ?? (styles.isTitle(paragraph.style) ? 1 : null);
  if (heading !== null) {
    const outlineNumber = paragraph.heading === null ? "" : lists.headingNumber(heading);
    const number = item?.marker && item.marker !== "-" ? item.marker : outlineNumber;
    blocks.push({ kind: "heading", level: heading, text: `${number} ${text}`.trim() });
    return;
  }
  const last = blocks.at(-1);
  if (!item) blocks.push({ kind: "paragraph", text });
  else if (item.marker === null && last?.kind === "item") last.text += `\n${text}`;
  else blocks.push({ kind: "item", depth: item.depth, marker: item.marker || "-", text });
}

function closeLink(span: Span | undefined, paragraph: Paragraph | null): void {
  if (!span || !paragraph || span.paragraph !== paragraph) return;
  const text = paragraph.line.splice(span.from).join("");
  if (text !== "") paragraph.line.push(linkMarkdown(text, span.target));
}

function repeatsOf(value: string | undefined): number {
  return Math.min(REPEATS_MAX, Math.max(1, Number(value ?? 1) || 1));
}
