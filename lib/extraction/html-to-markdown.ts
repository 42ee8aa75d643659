import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { toTableBlocks } from "./html-table.ts";
import { attributeOf, isShown } from "./html-visibility.ts";
import { toNormalText, toOneLine } from "./normal-text.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Deeper, an element is read as its text alone. */
const DEPTH_MAX = 200;

const BLOCKS = new Set(
  (
    "address article aside body center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
    "header hgroup html legend li main menu nav optgroup option p search section select summary tbody td tfoot th thead " +
    "tr frameset"
  ).split(" "),
);

/** HTML → Markdown. Nothing is fetched or run, and what a browser does not show is left out. */
export function htmlToMarkdown(html: string): { markdown: string; title: string | null } {
  const document = parse(html);
  return { markdown: nodesToMarkdown(document.childNodes), title: titleOf(document.childNodes) };
}

/** The same of nodes that are parsed already. */
export function nodesToMarkdown(nodes: readonly Node[]): string {
  const writer = createWriter();
  writeChildren(nodes, writer, 0);
  return toNormalText(writer.blocks().join("\n\n"));
}

type Writer = ReturnType<typeof createWriter>;

/** Collects inline text, and cuts it in blocks. */
function createWriter() {
  const blocks: string[] = [];
  let inline: string[] = [];
  const flush = () => {
    const text = collapse(inline.join(""));
    inline = [];
    if (text) blocks.push(text);
  };
  return {
    text: (text: string) => {
      inline.push(text);
    },
    block: (text: string) => {
      flush();
      if (text.trim()) blocks.push(text);
    },
    flush,
    blocks: () => {
      flush();
      return blocks;
    },
  };
}

const LINE_BREAK = "\u2028";

/** White space as a browser shows it: one space, except the breaks that were asked for. */
const collapse = (text: string): string =>
  text
    .split(LINE_BREAK)
    .map((line) => line.replace(/[ \t\r\n\f\u00a0]+/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

function writeChildren(nodes: readonly Node[], writer: Writer, depth: number): void {
  for (const node of nodes) {
    if ("value" in node) writer.text(node.value.replaceAll(LINE_BREAK, " "));
    else if ("tagName" in node && isShown(node)) writeElement(node, writer, depth + 1);
  }
}

/** The blocks of an element alone. */
function blocksOf(element: Element, depth: number): string[] {
  const writer = createWriter();
  writeChildren(element.childNodes, writer, depth);
  return writer.blocks();
}

function writeElement(element: Element, writer: Writer, depth: number): void {
  const blocks = depth > DEPTH_MAX ? null : toBlocks(element, depth);
  if (depth > DEPTH_MAX) writer.text(` ${textOf(element)} `);
  else if (blocks) for (const block of blocks) writer.block(block);
  else if (element.tagName === "br") writer.text(LINE_BREAK);
  else if (element.tagName === "a") writeLink(element, writer, depth);
  else if (element.tagName === "img") writer.text(imageOf(element));
  else if (element.tagName === "input") writer.text(` ${inputOf(element)} `);
  else {
    const isBlock = BLOCKS.has(element.tagName);
    if (isBlock) writer.flush();
    writeChildren(element.childNodes, writer, depth);
    if (isBlock) writer.flush();
  }
}

/** What a title, a list, a table or the like becomes; null for any other element. */
function toBlocks(element: Element, depth: number): string[] | null {
  const { tagName } = element;
  switch (tagName) {
    case "h1":
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6": {
      const title = toOneLine(blocksOf(element, depth).join(" "));
      return title ? [`${"#".repeat(Number(tagName[1]))} ${title}`] : [];
    }
    case "hr":
      return ["---"];
    case "ul":
    case "ol":
    case "menu":
      return [listOf(element, depth)];
    case "blockquote":
      return [prefixed(blocksOf(element, depth).join("\n\n"), "> ", "> ")];
    case "pre":
    case "listing":
    case "xmp":
      return [fenced(textOf(element))];
    case "table":
      return toTableBlocks(element, (inner, levels) => blocksOf(inner, depth + levels));
    default:
      return null;
  }
}

function listOf(list: Element, depth: number): string {
  if (depth > DEPTH_MAX) return textOf(list);
  let number = Number(attributeOf(list, "start") ?? 1);
  if (!Number.isSafeInteger(number)) number = 1;
  const items: string[] = [];
  for (const child of list.childNodes) {
    if (!("tagName" in child) || !isShown(child)) continue;
    const mark = list.tagName === "ol" ? `${number}. ` : "- ";
    const isNested = child.tagName === "ul" || child.tagName === "ol";
    const blocks = isNested ? [listOf(child, depth + 1)] : blocksOf(child, depth + 1);
    if (blocks.length === 0) continue;
    if (!isNested) number += 1;
    const body = blocks.reduce((all, block) => `${all}${/^(- |\d+\. )/.test(block) ? "\n" : "\n\n"}${block}`);
    const indent = " ".repeat(mark.length);
    items.push(prefixed(body, isNested ? indent : mark, indent));
  }
  return items.join("\n");
}

function prefixed(text: string, first: string, others: string): string {
  return text && `${first}${text.replaceAll("\n", `\n${others}`)}`.replace(/\n +(?=\n)/g, "\n");
}

function fenced(text: string): string {
  const code = text.replace(/^\n|\s+$/g, "");
  const longest = Math.max(2, ...Array.from(code.matchAll(/`{3,}/g), ([mark]) => mark.length));
  const fence = "`".repeat(longest + 1);
  return code && `${fence}\n${code}\n${fence}`;
}

/** Only an address on the web is kept: a place in the page or beside the file means nothing to who reads the text. */
function writeLink(element: Element, writer: Writer, depth: number): void {
  const href = attributeOf(element, "href")?.trim() ?? "";
  const hasBlocks = element.childNodes.some((node) => "tagName" in node && BLOCKS.has(node.tagName));
  const isOnTheWeb = /^https?:\/\/[^\s<>()]{1,500}$/i.test(href);
  if (hasBlocks || !isOnTheWeb) writeChildren(element.childNodes, writer, depth);
  else {
    const text = blocksOf(element, depth).join(" ");
    writer.text(!text || text === href ? text : `[${text}](${href})`);
  }
}

function imageOf(element: Element): string {
  const alternative = toOneLine(attributeOf(element, "alt") ?? "");
  return alternative ? ` ![${alternative}] ` : "";
}

function inputOf(element: Element): string {
  const type = attributeOf(element, "type")?.toLowerCase() ?? "text";
  if (type === "checkbox" || type === "radio") return attributeOf(element, "checked") === null ? "☐" : "☒";
  return ["password", "file", "image"].includes(type) ? "" : (attributeOf(element, "value") ?? "");
}

/** The text inside, whatever the depth. */
function textOf(element: Element): string {
  const pieces: string[] = [];
  const waiting: Node[] = [...element.childNodes].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ("value" in node) pieces.push(node.value);
    else if ("tagName" in node && node.tagName === "br") pieces.push("\n");
    else if ("tagName" in node && isShown(node)) {
      for (let index = node.childNodes.length - 1; index >= 0; index -= 1) {
        const child = node.childNodes[index];
        if (child) waiting.push(child);
      }
    }
  }
  return pieces.join("");
}

function titleOf(nodes: readonly Node[]): string | null {
  const html = nodes.find((node): node is Element => "tagName" in node && node.tagName === "html");
  const head = html?.childNodes.find((node): node is Element => "tagName" in node && node.tagName === "head");
  const title = head?.childNodes.find((node): node is Element => "tagName" in node && node.tagName === "title");
  return (title && toOneLine(textOf(title))) || null;
}
