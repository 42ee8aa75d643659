import { factsOf } from "./compose.ts";
import { type Block, type Cell, type ExportDocument, type Inline, plain, type Run } from "./document-model.ts";
import { words } from "./words.ts";

/** Markdown that any reader understands (GFM), its sources as footnotes. */
export function writeMarkdown(document: ExportDocument): string {
  const notes = document.notes.map((content, index) => `[^${index + 1}]: ${inline(content)}`);
  return `${[
    `# ${escaped(document.title)}`,
    escaped(factsOf(document)),
    `*${escaped(words("warning"))}*`,
    ...blocks(document.blocks),
    ...(notes.length > 0 ? [notes.join("\n")] : []),
  ].join("\n\n")}\n`;
}

const blocks = (list: readonly Block[]): string[] => list.map(block).filter((text) => text !== "");

function block(one: Block): string {
  switch (one.kind) {
    case "heading":
      return `${"#".repeat(one.level + 1)} ${inline(one.content)}`;
    case "paragraph":
      return lineStart(inline(one.content));
    case "code": {
      const fence = "`".repeat(Math.max(3, longestRun(one.text) + 1));
      return `${fence}\n${one.text}\n${fence}`;
    }
    case "quote":
      return indent(blocks(one.blocks).join("\n\n"), "> ", "> ");
    case "list":
      return one.items
        .map(({ blocks: content, isChecked }, index) => {
          const mark = one.start === null ? "- " : `${one.start + index}. `;
          const box = isChecked === null ? "" : isChecked ? "[x] " : "[ ] ";
          return indent(box + joinItem(content), mark, " ".repeat(mark.length));
        })
        .join("\n");
    case "table": {
      const rule = one.align.map(
        (align) => ({ left: ":--", right: "--:", center: ":-:", none: "---" })[align ?? "none"],
      );
      return [row(one.header), `| ${rule.join(" | ")} |`, ...one.rows.map(row)].join("\n");
    }
    case "rule":
      return "---";
  }
}

/** A list right under a line of an item keeps the whole list tight. */
const joinItem = (content: readonly Block[]): string =>
  content.map((one, index) => `${index === 0 ? "" : one.kind === "list" ? "\n" : "\n\n"}${block(one)}`).join("");

const row = (cells: readonly Cell[]): string =>
  `| ${cells.map((cell) => inline(cell).replaceAll("\\\n", "<br>").replaceAll("|", "\\|")).join(" | ")} |`;

const inline = (content: readonly Inline[]): string =>
  content
    .map((one) => (one.kind === "break" ? "\\\n" : one.kind === "note" ? `[^${one.note + 1}]` : run(one)))
    .join("")
    .trim();

function run({ text, bold, italic, strike, code, url }: Run): string {
  if (text.trim() === "") return text;
  const [, before = "", body = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  const fence = "`".repeat(longestRun(body) + 1);
  let written = code ? `${fence}${/^`|`$/.test(body) ? ` ${body} ` : body}${fence}` : escaped(body);
  if (strike) written = `~~${written}~~`;
  if (italic) written = `*${written}*`;
  if (bold) written = `**${written}**`;
  if (url)
    written =
      plain([{ kind: "text", text: body }]) === url
        ? `<${url}>`
        : `[${written}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`;
  return before + written + after;
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));

const escaped = (text: string): string => text.replace(/[\\`*_[\]<>~$]/g, "\\$&");

/** What would make of a line something else: a heading, a list, a rule. */
const lineStart = (text: string): string =>
  text.replace(/^(\s*)([#+=-])/gm, "$1\\$2").replace(/^(\s*\d+)([.)])/gm, "$1\\$2");

const indent = (text: string, first: string, rest: string): string =>
  text
    .split("\n")
    .map((line, index) => (index === 0 ? first : line === "" && rest.trim() === "" ? "" : rest) + line)
    .join("\n");
