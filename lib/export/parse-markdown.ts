import type { Definition, FootnoteDefinition, Nodes, PhrasingContent, RootContent, TableRow } from "mdast";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { remarkHtmlAsText } from "../markdown/html-as-text.ts";
import { normaliseMaths } from "../markdown/maths.ts";
import { findSafeUrl } from "../markdown/safe-url.ts";
import { cleanText } from "./clean-text.ts";
import { type Block, type Cell, type Inline, LEVEL_MAX, type ListItem, plain, type Run } from "./document-model.ts";

/** Deeper than anyone writes: what is nested further is given as its text. */
const DEPTH_MAX = 12;
/** Word's own limit is 63. */
const COLUMNS_MAX = 60;
/** Marks of quotes and lists that begin a line, beyond which they nest no further. */
const TOO_DEEP =
  /^((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){40})(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/gm;
/** Marks without a word between them: thousands of them take minutes to pair. */
const TOO_MANY_MARKS = /([*_~[\]!]{200})[*_~[\]!]+/g;
/** Beyond this, a block of text is cut between words: no word processor opens a paragraph of megabytes. */
const LINE_CHARACTERS_MAX = 20_000;

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkMath, { singleDollarTextMath: false })
  .use(remarkHtmlAsText);

export type Parsing = {
  /** What `[1]`, checked, stands for: the number of a note; null when it is plain text. */
  findNote: (marker: number) => number | null;
  addNote: (content: Inline[]) => number;
  /** Added to the level of each heading. */
  levelsDown: number;
};

/** Markdown as blocks; text that cannot be read as Markdown is given as it is. */
export function parseMarkdown(markdown: string, parsing: Parsing): Block[] {
  const text = cleanText(markdown);
  try {
    const source = normaliseMaths(text).replace(TOO_DEEP, "$1 ").replace(TOO_MANY_MARKS, "$1");
    const root = parser.parse(source);
    parser.runSync(root);
    return new Walk(root.children, parsing).blocks(root.children, 0);
  } catch {
    return plainBlocks(text);
  }
}

/** Text as it was typed: its paragraphs and its line breaks. */
export function plainBlocks(text: string): Block[] {
  return cleanText(text)
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== "")
    .flatMap((paragraph) => cutLong([{ kind: "text", text: paragraph.replace(/^\n+|\n+$/g, "") }]))
    .map((content) => ({ kind: "paragraph", content: withBreaks(content) }));
}

class Walk {
  readonly #parsing: Parsing;
  readonly #definitions = new Map<string, Definition>();
  readonly #footnotes = new Map<string, FootnoteDefinition>();
  readonly #called = new Map<string, number>();

  constructor(children: readonly RootContent[], parsing: Parsing) {
    this.#parsing = parsing;
    for (const node of children) {
      if (node.type === "definition") this.#definitions.set(node.identifier, node);
      if (node.type === "footnoteDefinition") this.#footnotes.set(node.identifier, node);
    }
  }

  blocks(nodes: readonly RootContent[], depth: number): Block[] {
    return nodes.flatMap((node) => this.#block(node, depth));
  }

  #block(node: RootContent, depth: number): Block[] {
    if (depth > DEPTH_MAX) return plainBlocks(textOf(node));
    switch (node.type) {
      case "heading": {
        const level = Math.min(LEVEL_MAX, node.depth + this.#parsing.levelsDown);
        return [
          { kind: "heading", level, content: this.#inlines(node.children).filter(({ kind }) => kind !== "break") },
        ];
      }
      case "paragraph":
        return cutLong(this.#inlines(node.children)).map((content) => ({ kind: "paragraph", content }));
      case "code":
      case "math":
        return node.value === "" ? [] : [{ kind: "code", text: node.value }];
      case "blockquote":
        return [{ kind: "quote", blocks: this.blocks(node.children, depth + 1) }];
      case "list": {
        const items = node.children.map((item): ListItem => {
          return { blocks: this.blocks(item.children, depth + 1), isChecked: item.checked ?? null };
        });
        return [{ kind: "list", start: node.ordered ? (node.start ?? 1) : null, items }];
      }
      case "table":
        return [this.#table(node.children, node.align ?? [])];
      case "thematicBreak":
        return [{ kind: "rule" }];
      case "definition":
      case "footnoteDefinition":
        return [];
      default:
        return cutLong(this.#inlines([node as PhrasingContent])).map((content) => ({ kind: "paragraph", content }));
    }
  }

  #table([first, ...rest]: readonly TableRow[], align: readonly ("left" | "right" | "center" | null)[]): Block {
    const cells = (row: TableRow | undefined): Cell[] =>
      row?.children.map((cell) => this.#inlines(cell.children)) ?? [];
    const header = cells(first);
    if (header.length > COLUMNS_MAX) {
      const lines = [header, ...rest.map(cells)].map((row) => row.map(plain).join(" | "));
      return { kind: "code", text: lines.join("\n") };
    }
    // A row has as many cells as the header, whatever was written.
    const rows = rest.map((row) => {
      const written = cells(row);
      return header.map((_, column) => written[column] ?? []);
    });
    return { kind: "table", header, rows, align: header.map((_, column) => align[column] ?? null) };
  }

  #inlines(nodes: readonly PhrasingContent[], marks: Omit<Run, "kind" | "text"> = {}, depth = 0): Inline[] {
    return nodes.flatMap((node): Inline[] => {
      if (depth > DEPTH_MAX) return withBreaks([{ kind: "text", text: textOf(node), ...marks }]);
      const within = (more: Omit<Run, "kind" | "text">, children: readonly PhrasingContent[]) =>
        this.#inlines(children, { ...marks, ...more }, depth + 1);
      switch (node.type) {
        case "text":
          return this.#withNotes(node.value.replaceAll("\n", " "), marks);
        case "inlineCode":
        case "inlineMath":
          return [{ kind: "text", text: node.value, ...marks, code: true }];
        case "strong":
          return within({ bold: true }, node.children);
        case "emphasis":
          return within({ italic: true }, node.children);
        case "delete":
          return within({ strike: true }, node.children);
        case "break":
          return [{ kind: "break" }];
        case "link":
          return within(linkTo(node.url), node.children);
        case "linkReference":
          return within(linkTo(this.#definitions.get(node.identifier)?.url), node.children);
        case "image":
          return imageAsText(node.alt, node.url, marks);
        case "imageReference":
          return imageAsText(node.alt, this.#definitions.get(node.identifier)?.url, marks);
        case "footnoteReference":
          return this.#footnote(node.identifier);
        default:
          return [{ kind: "text", text: textOf(node), ...marks }];
      }
    });
  }

  #withNotes(text: string, marks: Omit<Run, "kind" | "text">): Inline[] {
    if (marks.url) return [{ kind: "text", text, ...marks }];
    const pieces = text.split(/\[(\d{1,4})\]/);
    return pieces.flatMap((piece, index): Inline[] => {
      // Two calls side by side would read as one number.
      if (piece === "" && index % 2 === 0 && index > 0 && index < pieces.length - 1)
        return [{ kind: "text", text: "\u202f" }];
      if (index % 2 === 0) return piece === "" ? [] : [{ kind: "text", text: piece, ...marks }];
      const note = this.#parsing.findNote(Number(piece));
      return note === null ? [{ kind: "text", text: `[${piece}]`, ...marks }] : [{ kind: "note", note }];
    });
  }

  #footnote(identifier: string): Inline[] {
    const known = this.#called.get(identifier);
    if (known !== undefined) return [{ kind: "note", note: known }];
    const definition = this.#footnotes.get(identifier);
    if (!definition) return [];
    // Known before it is read: a note may call itself.
    const content: Inline[] = [];
    const note = this.#parsing.addNote(content);
    this.#called.set(identifier, note);
    content.push({ kind: "text", text: textOf(definition).trim() });
    return [{ kind: "note", note }];
  }
}

const linkTo = (href: string | undefined): { url?: string } => {
  const url = findSafeUrl(href);
  return url ? { url: url.href } : {};
};

function imageAsText(
  alt: string | null | undefined,
  src: string | undefined,
  marks: Omit<Run, "kind" | "text">,
): Inline[] {
  const link = linkTo(src);
  const text = alt?.trim() || (link.url ? new URL(link.url).host : "");
  return text === "" ? [] : [{ kind: "text", text, ...link, ...marks }];
}

/** For what is not Markdown, where line ends are spaces. */
function withBreaks(content: readonly Inline[]): Inline[] {
  return content.flatMap((inline): Inline[] => {
    if (inline.kind !== "text" || !inline.text.includes("\n")) return [inline];
    return inline.text
      .split("\n")
      .flatMap((text, index): Inline[] => [
        ...(index > 0 ? [{ kind: "break" } as const] : []),
        ...(text === "" ? [] : [{ ...inline, text }]),
      ]);
  });
}

/** Several paragraphs in place of one that no word processor would open. */
function cutLong(content: Inline[]): Inline[][] {
  const paragraphs: Inline[][] = [[]];
  let length = 0;
  for (const inline of content.flatMap((one): Inline[] => (one.kind === "text" ? cutRun(one) : [one]))) {
    length += inline.kind === "text" ? inline.text.length : 1;
    if (length > LINE_CHARACTERS_MAX) {
      paragraphs.push([]);
      length = inline.kind === "text" ? inline.text.length : 1;
    }
    paragraphs.at(-1)?.push(inline);
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0);
}

function cutRun(run: Run): Run[] {
  const pieces: Run[] = [];
  for (let rest = run.text; rest !== ""; ) {
    const space = rest.length > LINE_CHARACTERS_MAX ? rest.lastIndexOf(" ", LINE_CHARACTERS_MAX) : -1;
    const end = rest.length <= LINE_CHARACTERS_MAX ? rest.length : space > 0 ? space + 1 : LINE_CHARACTERS_MAX;
    pieces.push({ ...run, text: rest.slice(0, end).toWellFormed() });
    rest = rest.slice(end);
  }
  return pieces;
}

/** All the text below a node, without recursion: it may be nested thousands of times. */
function textOf(node: Nodes): string {
  const found: string[] = [];
  const waiting: Nodes[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ("value" in next) found.push(next.value);
    else if ("alt" in next && next.alt) found.push(next.alt);
    if ("children" in next) {
      if (next.type === "paragraph" || next.type === "listItem") found.push("\n");
      waiting.push(...[...next.children].reverse());
    }
  }
  return found.join("").replace(/\n{2,}/g, "\n");
}
