import { cleanLine, cleanText } from "./clean-text.ts";
import { ExtractionError, type ReadingLimits } from "./extraction.ts";
import { tableLines } from "./table-markdown.ts";

/** What a text document is made of, in its order. `depth` of an item counts from 0; `marker` is "-", "3.", "Article 2". */
export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "item"; depth: number; marker: string; text: string }
  | { kind: "table"; rows: string[][] };

/** Counts the characters kept; fails with `too_large_inside` as soon as there are too many. */
export type CharacterCount = (text: string) => void;

export function createCharacterCount(limits: ReadingLimits): CharacterCount {
  let characters = 0;
  return (text) => {
    characters += text.length;
    if (characters > limits.charactersMax) throw new ExtractionError("too_large_inside");
  };
}

/** Under any marker of two to four characters, and never so much that it would be code. */
const INDENT = "    ";
const LIST_MARKER = /^(-|\d+[.)])$/;

export function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(Math.min(block.level, 6))} ${cleanLine(block.text)}`;
    case "paragraph":
      return cleanText(block.text);
    case "item": {
      const indent = INDENT.repeat(Math.min(block.depth, 8));
      const start = LIST_MARKER.test(block.marker) ? block.marker : `- ${block.marker}`;
      return `${indent}${start} ${cleanText(block.text).replace(/\n+/g, `\n${indent}${INDENT}`)}`;
    }
    case "table":
      return tableLines(block.rows).join("\n");
  }
}

/** Markdown of blocks that follow each other; the items of a list have no blank line between them. */
export function blocksMarkdown(blocks: readonly Block[]): string {
  let text = "";
  let before: Block["kind"] | null = null;
  for (const block of blocks) {
    const markdown = blockMarkdown(block);
    if (markdown === "") continue;
    if (before !== null) text += before === "item" && block.kind === "item" ? "\n" : "\n\n";
    text += markdown;
    before = block.kind;
  }
  return text;
}

/** Blocks on one line, for a cell, a note or a comment: a table in a table is flattened. */
export function blocksLine(blocks: readonly Block[]): string {
  return blocks.map(blockLine).filter(Boolean).join(" ");
}

function blockLine(block: Block): string {
  if (block.kind === "table") {
    const rows = block.rows.map((row) => row.map(cleanLine).filter(Boolean).join(", "));
    return rows.filter(Boolean).join(" ; ");
  }
  return cleanLine(block.kind === "item" ? `${block.marker} ${block.text}` : block.text);
}

/** A table of one cell is a frame around text: what it holds is given as it is. */
export function addTable(blocks: Block[], rows: string[][], onlyCell: readonly Block[] | null): void {
  const isFrame = onlyCell !== null && rows.length === 1 && rows[0]?.length === 1;
  if (isFrame) for (const block of onlyCell) blocks.push(block);
  else if (rows.some((row) => row.some((cell) => cell.trim() !== ""))) blocks.push({ kind: "table", rows });
}
