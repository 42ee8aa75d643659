import {
  AlignmentType,
  Document,
  ExternalHyperlink,
  type FileChild,
  Footer,
  FootnoteReferenceRun,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import { factsOf } from "./compose.ts";
import { type Block, type Cell, type ExportDocument, type Inline, LEVEL_MAX, type Run } from "./document-model.ts";
import { CODE_FONT, docxNumbering, docxStyles, HEADER_FILL, LIST_LEVELS, QUOTE_INDENT, STEP } from "./docx-styles.ts";
import { words } from "./words.ts";

/** Where a block is: in how many quotes and lists, and under which number or bullet. */
type Place = { quotes: number; lists: number; mark?: Mark | undefined; style?: string };
type Mark = { reference: string; level: number; instance: number };

/** A Word document with real styles, lists, tables with headers, and its sources as footnotes. */
export async function writeDocx(exported: ExportDocument): Promise<Uint8Array> {
  const writer = new DocxWriter(exported);
  const body = writer.blocks(exported.blocks, { quotes: 0, lists: 0 });
  const document = new Document({
    title: exported.title,
    creator: "",
    lastModifiedBy: "",
    description: factsOf(exported),
    styles: docxStyles,
    numbering: { config: docxNumbering(writer.starts) },
    footnotes: writer.footnotes,
    sections: [
      {
        headers: {
          default: new Header({ children: [new Paragraph({ style: "Header", children: [text(factsOf(exported))] })] }),
        },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          new Paragraph({ style: "Title", children: [text(exported.title)] }),
          new Paragraph({ style: "Subtitle", children: [text(factsOf(exported))] }),
          new Paragraph({ children: [text(words("warning"), { italics: true })] }),
          ...body,
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const text = (content: string, look: { italics?: boolean } = {}) => new TextRun({ text: content, ...look });

const pageNumber = () =>
  new Paragraph({
    style: "Footer",
    alignment: AlignmentType.CENTER,
    children: [
      new TextRun({ children: [`${words("page")} `, PageNumber.CURRENT, ` ${words("of")} `, PageNumber.TOTAL_PAGES] }),
    ],
  });

class DocxWriter {
  readonly footnotes: Record<string, { children: Paragraph[] }> = {};
  /** The numbers at which lists start. */
  readonly starts = new Set<number>();
  readonly #notes: Inline[][];
  readonly #called = new Map<number, number>();
  #lists = 0;

  constructor({ notes }: ExportDocument) {
    this.#notes = notes;
  }

  blocks(list: readonly Block[], place: Place): FileChild[] {
    // Only the first block of an item carries its number or bullet.
    return list.flatMap((block, index) => this.#block(block, index === 0 ? place : { ...place, mark: undefined }));
  }

  #block(block: Block, place: Place): FileChild[] {
    switch (block.kind) {
      case "heading":
        return [
          new Paragraph({
            style: `Heading${Math.min(block.level, LEVEL_MAX)}`,
            children: this.#children(block.content),
          }),
        ];
      case "paragraph":
        return [this.#paragraph(this.#children(block.content), place)];
      case "code":
        return [this.#paragraph(codeLines(block.text), { ...place, style: "Code" })];
      case "quote":
        return [
          ...this.#bare(place),
          ...this.blocks(block.blocks, { ...place, mark: undefined, quotes: place.quotes + 1 }),
        ];
      case "list":
        return [...this.#bare(place), ...this.#list(block, place)];
      case "table":
        return [...this.#bare(place), this.#table(block), new Paragraph({ children: [] })];
      case "rule":
        return [new Paragraph({ thematicBreak: true, children: [] })];
    }
  }

  /** The number or bullet of an item that begins with what cannot carry it. */
  #bare(place: Place): Paragraph[] {
    return place.mark ? [this.#paragraph([], place)] : [];
  }

  #paragraph(children: ParagraphChild[], { quotes, lists, mark, style }: Place): Paragraph {
    const own =
      style ?? (quotes > 0 ? "Quote" : lists > 0 ? (mark ? styleOf(mark.reference) : "ListContinue") : undefined);
    const left = quotes * QUOTE_INDENT + lists * STEP;
    const isPlaced = left > 0 && !(mark && quotes === 0);
    const hanging = mark ? STEP / 2 : 0;
    return new Paragraph({
      ...(own && { style: own }),
      ...(mark && { numbering: mark }),
      ...(isPlaced && { indent: { left, hanging } }),
      children,
    });
  }

  #list({ start, items }: Block & { kind: "list" }, place: Place): FileChild[] {
    const instance = ++this.#lists;
    if (start !== null) this.starts.add(start);
    const level = Math.min(place.lists, LIST_LEVELS - 1);
    const mark = { reference: start === null ? "bullets" : `numbers-${start}`, level, instance };
    return items.flatMap(({ blocks, isChecked }) => {
      const box: Inline[] = isChecked === null ? [] : [{ kind: "text", text: isChecked ? "☑ " : "☐ " }];
      const [first, ...rest] = blocks;
      const whole: Block[] =
        first?.kind === "paragraph"
          ? [{ ...first, content: [...box, ...first.content] }, ...rest]
          : box.length > 0 || !first
            ? [{ kind: "paragraph", content: box }, ...blocks]
            : blocks;
      return this.blocks(whole, { ...place, mark, lists: place.lists + 1 });
    });
  }

  #table({ header, rows, align }: Block & { kind: "table" }): Table {
    const width = { size: 100, type: WidthType.PERCENTAGE };
    const columns = header.length || 1;
    const row = (cells: readonly Cell[], isHeader: boolean) =>
      new TableRow({
        tableHeader: isHeader,
        cantSplit: true,
        children: cells.map(
          (cell, column) =>
            new TableCell({
              width: { size: 100 / columns, type: WidthType.PERCENTAGE },
              margins: { top: 40, bottom: 40, left: 100, right: 100 },
              ...(isHeader && { shading: { fill: HEADER_FILL } }),
              children: [
                new Paragraph({
                  style: isHeader ? "TableHeading" : "TableContents",
                  ...(align[column] && { alignment: align[column] }),
                  children: this.#children(cell),
                }),
              ],
            }),
        ),
      });
    return new Table({ width, rows: [row(header, true), ...rows.map((cells) => row(cells, false))] });
  }

  #children(content: readonly Inline[], isNote = false): ParagraphChild[] {
    return content.flatMap((inline): ParagraphChild[] => {
      if (inline.kind === "break") return [new TextRun({ break: 1 })];
      if (inline.kind === "note") return isNote ? [] : [new FootnoteReferenceRun(this.#footnote(inline.note))];
      const run = textRun(inline);
      return [inline.url ? new ExternalHyperlink({ link: inline.url, children: [run] }) : run];
    });
  }

  /** Called again, a note of its own sends back to the first: a footnote has one call. */
  #footnote(note: number): number {
    const id = Object.keys(this.footnotes).length + 1;
    const first = this.#called.get(note);
    if (first === undefined) this.#called.set(note, id);
    const content =
      first === undefined
        ? (this.#notes[note] ?? [])
        : [{ kind: "text" as const, text: words("seeNote", { number: first }) }];
    this.footnotes[id] = { children: [] };
    this.footnotes[id] = {
      children: [new Paragraph({ style: "FootnoteText", children: [text(" "), ...this.#children(content, true)] })],
    };
    return id;
  }
}

const styleOf = (reference: string) => (reference === "bullets" ? "ListBullet" : "ListNumber");

const textRun = ({ text: content, bold, italic, strike, code, url }: Run): TextRun =>
  new TextRun({
    text: content.replaceAll("\t", "    "),
    ...(bold && { bold }),
    ...(italic && { italics: italic }),
    ...(strike && { strike }),
    ...(code && { font: CODE_FONT }),
    ...(url && { style: "Hyperlink" }),
  });

const codeLines = (code: string): ParagraphChild[] =>
  code
    .split("\n")
    .map((line, index) => new TextRun({ text: line.replaceAll("\t", "    "), ...(index > 0 && { break: 1 }) }));
