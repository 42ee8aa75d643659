import { cleanText, toXml } from "./clean-text.ts";
import { factsOf } from "./compose.ts";
import { type Block, type Cell, type ExportDocument, type Inline, plain, type Run } from "./document-model.ts";
import { ODF_NAMESPACES, odtAutomaticStyles, odtStyles, quoteStyle, spanStyle } from "./odt-styles.ts";
import { words } from "./words.ts";
import { zipInMemory } from "./zip-parts.ts";

const MIMETYPE = "application/vnd.oasis.opendocument.text";

/** An OpenDocument text with real styles, lists, tables with headers, and its sources as footnotes. */
export function writeOdt(document: ExportDocument): Promise<Uint8Array> {
  const writer = new OdtWriter(document);
  const facts = factsOf(document);
  const body = [
    paragraph("Title", toXml(document.title)),
    paragraph("Subtitle", toXml(facts)),
    paragraph("Text_20_body", span("i", toXml(words("warning")))),
    ...writer.blocks(document.blocks, { quotes: 0, lists: 0 }),
  ];
  return zipInMemory([
    // First and as it is: this is how the type of the file is recognised.
    { name: "mimetype", content: MIMETYPE, isStored: true },
    { name: "META-INF/manifest.xml", content: manifest() },
    { name: "meta.xml", content: meta(document) },
    {
      name: "styles.xml",
      content: odtStyles({ header: toXml(facts), page: toXml(words("page")), of: toXml(words("of")) }),
    },
    {
      name: "content.xml",
      content: odf(
        "content",
        `<office:automatic-styles>${odtAutomaticStyles}</office:automatic-styles><office:body><office:text>${body.join("")}</office:text></office:body>`,
      ),
    },
  ]);
}

type Place = { quotes: number; lists: number };

const paragraph = (style: string, content: string): string => `<text:p text:style-name="${style}">${content}</text:p>`;
const span = (marks: string, content: string): string =>
  marks === "" ? content : `<text:span text:style-name="${spanStyle(marks)}">${content}</text:span>`;
const odf = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document-${root} ${ODF_NAMESPACES} office:version="1.3">${content}</office:document-${root}>`;

class OdtWriter {
  readonly #notes: Inline[][];
  readonly #called = new Map<number, number>();
  #footnotes = 0;
  #tables = 0;

  constructor({ notes }: ExportDocument) {
    this.#notes = notes;
  }

  blocks(list: readonly Block[], place: Place): string[] {
    return list.map((block) => this.#block(block, place));
  }

  #block(block: Block, place: Place): string {
    const style = place.quotes > 0 ? quoteStyle(place.quotes) : place.lists > 0 ? "List" : "Text_20_body";
    switch (block.kind) {
      case "heading":
        return `<text:h text:style-name="Heading_20_${block.level}" text:outline-level="${block.level}">${this.#inlines(block.content)}</text:h>`;
      case "paragraph":
        return paragraph(style, this.#inlines(block.content));
      case "code":
        return paragraph("Preformatted_20_Text", toText(block.text));
      case "quote":
        return this.blocks(block.blocks, { ...place, quotes: place.quotes + 1 }).join("");
      case "list":
        return this.#list(block, place);
      case "table":
        // An item of a list holds no table.
        return place.lists > 0
          ? [block.header, ...block.rows].map((row) => paragraph("List", toText(row.map(plain).join(" | ")))).join("")
          : this.#table(block);
      case "rule":
        return paragraph("Horizontal_20_Line", "");
    }
  }

  #list({ start, items }: Block & { kind: "list" }, place: Place): string {
    const written = items.map(({ blocks, isChecked }, index) => {
      const box = isChecked === null ? "" : isChecked ? "☑ " : "☐ ";
      const [first, ...rest] = blocks;
      const whole: Block[] =
        box === ""
          ? blocks
          : first?.kind === "paragraph"
            ? [{ ...first, content: [{ kind: "text", text: box }, ...first.content] }, ...rest]
            : [{ kind: "paragraph", content: [{ kind: "text", text: box }] }, ...blocks];
      const from = start !== null && index === 0 ? ` text:start-value="${start}"` : "";
      const content = this.blocks(whole, { ...place, lists: place.lists + 1 }).join("");
      return `<text:list-item${from}>${content || paragraph("List", "")}</text:list-item>`;
    });
    const style = start === null ? "Bullets" : "Numbers";
    return `<text:list text:style-name="${style}">${written.join("")}</text:list>`;
  }

  #table({ header, rows, align }: Block & { kind: "table" }): string {
    const row = (cells: readonly Cell[], isHeader: boolean) => {
      const written = cells.map((cell, column) => {
        const style = `${isHeader ? "Head" : "Cell"}_${align[column] ?? "left"}`;
        return `<table:table-cell table:style-name="${isHeader ? "HeadCell" : "BodyCell"}" office:value-type="string">${paragraph(style, this.#inlines(cell))}</table:table-cell>`;
      });
      return `<table:table-row>${written.join("")}</table:table-row>`;
    };
    const columns = `<table:table-column table:number-columns-repeated="${header.length || 1}"/>`;
    const head = `<table:table-header-rows>${row(header, true)}</table:table-header-rows>`;
    const body = rows.map((cells) => row(cells, false)).join("");
    const name = ++this.#tables;
    return `<table:table table:name="T${name}" table:style-name="Table">${columns}${head}${body}</table:table>${paragraph("Text_20_body", "")}`;
  }

  #inlines(content: readonly Inline[], isNote = false): string {
    return content
      .map((inline, index) => {
        if (inline.kind === "break") return "<text:line-break/>";
        if (inline.kind === "note") return isNote ? "" : this.#footnote(inline.note);
        return run(inline, index === 0 || content[index - 1]?.kind === "break");
      })
      .join("");
  }

  /** Called again, a note of its own sends back to the first: a footnote has one call. */
  #footnote(note: number): string {
    const number = ++this.#footnotes;
    const first = this.#called.get(note);
    if (first === undefined) this.#called.set(note, number);
    const content =
      first === undefined ? this.#inlines(this.#notes[note] ?? [], true) : toXml(words("seeNote", { number: first }));
    return `<text:note text:id="ftn${number}" text:note-class="footnote"><text:note-citation>${number}</text:note-citation><text:note-body>${paragraph("Footnote", `<text:s/>${content}`)}</text:note-body></text:note>`;
  }
}

function run({ text, bold, italic, strike, code, url }: Run, isFirst: boolean): string {
  const marks = `${bold ? "b" : ""}${italic ? "i" : ""}${strike ? "s" : ""}${code ? "c" : ""}`;
  const written = span(marks, toText(text, isFirst));
  return url ? `<text:a xlink:type="simple" xlink:href="${toXml(url)}">${written}</text:a>` : written;
}

/** Spaces that XML would run together, tabs and line ends have elements of their own. */
const toText = (text: string, isFirst = true): string =>
  toXml(cleanText(text))
    .replace(/ {2,}/g, (spaces) => ` <text:s text:c="${spaces.length - 1}"/>`)
    .replace(isFirst ? /^ |\n /g : /\n /g, (space) => `${space.replace(" ", "")}<text:s/>`)
    .replaceAll("\t", "<text:tab/>")
    .replaceAll("\n", "<text:line-break/>");

function manifest(): string {
  const file = (path: string, type: string) =>
    `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`;
  const parts = ["content.xml", "styles.xml", "meta.xml"].map((path) => file(path, "text/xml")).join("");
  return `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${file("/", MIMETYPE)}${parts}</manifest:manifest>`;
}

const meta = ({ title, date }: ExportDocument): string =>
  odf(
    "meta",
    `<office:meta><dc:title>${toXml(title)}</dc:title><dc:language>fr-FR</dc:language><dc:date>${date.toISOString()}</dc:date><meta:creation-date>${date.toISOString()}</meta:creation-date></office:meta>`,
  );
