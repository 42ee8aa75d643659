import PDFDocument from "pdfkit";
import { factsOf } from "./compose.ts";
import { type Block, type ExportDocument, type Inline, plain } from "./document-model.ts";
import { cutByFont, type FontName, fontFor, fontPath, type Look } from "./pdf-fonts.ts";
import { drawTable, type Structure, tableAsList, tableParts } from "./pdf-table.ts";
import { words } from "./words.ts";

const MARGIN = 62;
const BODY = 10.5;
const SIZES = [BODY, 15, 13, 11.5, BODY];
const STEP = 18;
const GAP = 6;
const INK = "#1b1b1f";
const GREY = "#595959";
const LINK = "#0b4fad";
const TITLE_INK = "#1e1e5a";
const INDENT_MAX = 200;

type Place = { left: number; isQuoted: boolean };
type Piece = { font: FontName; text: string; options: PDFKit.Mixins.TextOptions; isSmall: boolean };
type Ink = { size?: number; colour?: string; look?: Look; gap?: number };

/** A tagged PDF (titles, lists, tables and links are known as such), in French, with bookmarks and numbered pages. */
export async function writePdf(document: ExportDocument): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN + 14, bottom: MARGIN, left: MARGIN, right: MARGIN },
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    lang: "fr-FR",
    displayTitle: true,
    info: { Title: document.title, Subject: factsOf(document), CreationDate: document.date },
    font: fontPath("text"),
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on("end", resolve);
    pdf.on("error", reject);
  });
  const root = pdf.struct("Document");
  pdf.addStructure(root);
  const writer = new PdfWriter(pdf, document);
  writer.title(root);
  writer.blocks(document.blocks, root, { left: 0, isQuoted: false });
  writer.notes(root);
  root.end();
  writer.headersAndFooters();
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

class PdfWriter {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #document: ExportDocument;

  constructor(pdf: PDFKit.PDFDocument, document: ExportDocument) {
    this.#pdf = pdf;
    this.#document = document;
  }

  title(root: Structure): void {
    const said = (text: string): Inline[] => [{ kind: "text", text }];
    this.#text(
      "H1",
      root,
      said(this.#document.title),
      { left: 0, isQuoted: false },
      { size: 20, colour: TITLE_INK, look: { bold: true } },
    );
    this.#text("P", root, said(factsOf(this.#document)), { left: 0, isQuoted: false }, { colour: GREY });
    this.#text(
      "P",
      root,
      said(words("warning")),
      { left: 0, isQuoted: false },
      { colour: GREY, look: { italic: true }, gap: 14 },
    );
  }

  blocks(list: readonly Block[], parent: Structure, place: Place): void {
    for (const block of list) this.#block(block, parent, place);
  }

  /** The sources, where the numbers in the text lead. */
  notes(root: Structure): void {
    if (this.#document.notes.length === 0) return;
    this.#heading(1, [{ kind: "text", text: words("sources") }], root);
    for (const [index, content] of this.#document.notes.entries()) {
      this.#room(2);
      this.#pdf.addNamedDestination(`note-${index + 1}`);
      const numbered: Inline[] = [
        { kind: "text", text: `[${index + 1}] ` },
        ...content.filter(({ kind }) => kind !== "note"),
      ];
      this.#text("Note", root, numbered, { left: 0, isQuoted: false }, { size: 9 });
    }
  }

  headersAndFooters(): void {
    const pdf = this.#pdf;
    const { start, count } = pdf.bufferedPageRange();
    const header = factsOf(this.#document);
    for (let page = start; page < start + count; page += 1) {
      pdf.switchToPage(page);
      const { margins, width, height } = pdf.page;
      const kept = { ...margins };
      pdf.page.margins = { ...margins, top: 0, bottom: 0 };
      pdf.markContent("Artifact", { type: "Pagination" });
      const line = { width: width - 2 * MARGIN, lineBreak: false, ellipsis: true, height: 12 };
      pdf
        .fontSize(8)
        .fillColor(GREY)
        .font(fontPath(fontFor(header, {})))
        .text(header, MARGIN, MARGIN - 22, line);
      const foot = words("pageOf", { page: page - start + 1, pages: count });
      pdf
        .font(fontPath("text"))
        .text(foot, MARGIN, height - MARGIN + 16, { ...line, align: "center", lineBreak: true });
      pdf.endMarkedContent();
      pdf.page.margins = kept;
    }
  }

  #block(block: Block, parent: Structure, place: Place): void {
    switch (block.kind) {
      case "heading":
        this.#heading(block.level, block.content, parent);
        break;
      case "paragraph":
        this.#text("P", parent, block.content, place, place.isQuoted ? { colour: GREY } : {});
        break;
      case "code":
        this.#text(
          "P",
          parent,
          [{ kind: "text", text: block.text.replaceAll("\t", "    "), code: true }],
          { ...place, left: place.left + 8 },
          { size: 8.5 },
        );
        break;
      case "quote":
        this.#within("BlockQuote", parent, (quote) =>
          this.blocks(block.blocks, quote, { left: place.left + STEP, isQuoted: true }),
        );
        break;
      case "list":
        this.#within("L", parent, (list) => this.#items(block, list, place));
        break;
      case "table":
        this.#table(block, parent, place);
        break;
      case "rule":
        this.#rule();
    }
  }

  #within(tag: string, parent: Structure, fill: (structure: Structure) => void): void {
    const structure = this.#pdf.struct(tag);
    parent.add(structure);
    fill(structure);
    structure.end();
  }

  #heading(level: number, content: readonly Inline[], parent: Structure): void {
    const pdf = this.#pdf;
    pdf.y += level === 1 ? 12 : 6;
    this.#room(4);
    const title = plain(content).trim();
    if (title !== "") pdf.outline.addItem(title.slice(0, 200));
    const size = SIZES[level] ?? BODY;
    // The title of the document is the first level.
    this.#text(
      `H${level + 1}`,
      parent,
      content,
      { left: 0, isQuoted: false },
      { size, colour: TITLE_INK, look: { bold: true } },
    );
  }

  #items({ start, items }: Block & { kind: "list" }, list: Structure, place: Place): void {
    for (const [index, { blocks, isChecked }] of items.entries()) {
      this.#room(2);
      const pdf = this.#pdf;
      const { y } = pdf;
      const page = pdf.page;
      const mark = isChecked === null ? (start === null ? "•" : `${start + index}.`) : isChecked ? "☑" : "☐";
      this.#within("LI", list, (item) => {
        this.#text("Lbl", item, [{ kind: "text", text: mark }], place, { gap: 0 });
        if (pdf.page === page) pdf.y = y;
        this.#within("LBody", item, (body) =>
          this.blocks(blocks, body, { ...place, left: place.left + Math.max(STEP, mark.length * 7) }),
        );
      });
      if (blocks.length === 0) pdf.y = y + BODY * 1.5;
    }
  }

  #text(tag: string, parent: Structure, content: readonly Inline[], { left, isQuoted }: Place, ink: Ink = {}): void {
    const { size = BODY, colour = INK, look = {}, gap = GAP } = ink;
    const pieces = joinBreaks(
      content.flatMap((inline) => this.#pieces(inline, isQuoted ? { italic: true, ...look } : look)),
    );
    if (pieces.length === 0) return;
    const pdf = this.#pdf;
    const indent = Math.min(left, INDENT_MAX);
    const x = MARGIN + indent;
    const width = pdf.page.width - 2 * MARGIN - indent;
    const structure = pdf.struct(tag);
    parent.add(structure);
    structure.add(() => {
      for (const [index, { font, text, options, isSmall }] of pieces.entries()) {
        pdf
          .font(fontPath(font))
          .fontSize(isSmall ? size * 0.8 : size)
          .fillColor(options.link || options.goTo ? LINK : colour);
        const flow = { ...options, lineGap: 2, continued: index < pieces.length - 1 };
        if (index === 0) pdf.text(text, x, pdf.y, { width, ...flow });
        else pdf.text(text, flow);
      }
    });
    structure.end();
    pdf.y += gap;
  }

  #pieces(inline: Inline, look: Look): Piece[] {
    // Said each time: what goes on keeps the options of what came before.
    const none = { link: null, goTo: undefined, underline: false, strike: false };
    if (inline.kind === "break") return [{ font: "text", text: "\n", options: none, isSmall: false }];
    if (inline.kind === "note")
      return [
        {
          font: "text",
          text: `[${inline.note + 1}]`,
          options: { ...none, goTo: `note-${inline.note + 1}` },
          isSmall: true,
        },
      ];
    const { text, bold, italic, strike, code, url } = inline;
    const own = { bold: bold || look.bold, italic: italic || look.italic, code };
    const options = { ...none, ...(url && { link: url, underline: true }), ...(strike && { strike }) };
    return cutByFont(text, own).map((piece) => ({ ...piece, options, isSmall: false }));
  }

  #table(table: Block & { kind: "table" }, parent: Structure, place: Place): void {
    const parts = tableParts(table);
    if (!parts) this.#block(tableAsList(table), parent, place);
    for (const texts of parts ?? []) {
      this.#room(4);
      this.#pdf.fillColor(INK);
      drawTable(this.#pdf, texts, { align: table.align, parent, margin: MARGIN });
      this.#pdf.y += GAP * 1.5;
    }
  }

  #rule(): void {
    const pdf = this.#pdf;
    this.#room(1);
    pdf.markContent("Artifact", { type: "Layout" });
    pdf
      .moveTo(MARGIN, pdf.y)
      .lineTo(pdf.page.width - MARGIN, pdf.y)
      .lineWidth(0.5)
      .strokeColor("#9a9ab8")
      .stroke();
    pdf.endMarkedContent();
    pdf.y += 10;
  }

  /** Begins a page when fewer lines than these are left on this one. */
  #room(lines: number): void {
    const { page } = this.#pdf;
    if (this.#pdf.y + lines * BODY * 1.4 > page.height - page.margins.bottom) this.#pdf.addPage();
  }
}

/** A line end alone, or last, is lost: it goes with what comes after it. */
function joinBreaks(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let breaks = "";
  for (const piece of pieces) {
    if (piece.text === "\n") breaks += "\n";
    else {
      joined.push({ ...piece, text: breaks + piece.text });
      breaks = "";
    }
  }
  return joined;
}
