import type { DefaultTreeAdapterTypes } from "parse5";
import { attributeOf, isShown } from "./html-visibility.ts";
import { shortTableMarkdown } from "./table-markdown.ts";

type Element = DefaultTreeAdapterTypes.Element;
type ParsedCell = { blocks: string[]; columns: number; rows: number };

const SPAN_MAX = 200;
/** Cells that only fill what others span. */
const FILLED_MAX = 100_000;

/** The blocks of an element that is so many levels below the table. */
type BlocksOf = (element: Element, levels: number) => string[];

/** A table of data → a GFM table; one that only lays out a page (it holds tables or titles, or one cell a row) → its blocks. */
export function toTableBlocks(table: Element, blocksOf: BlocksOf): string[] {
  const { captions, rows } = partsOf(table);
  const before = captions.flatMap((caption) => blocksOf(caption, 1));
  const parsed = rows.map((row) => cellsOf(row).map((cell) => parseCell(cell, blocksOf)));
  const isLayout =
    rows.some(hasInnerLayout) || parsed.every((row) => row.filter(({ blocks }) => blocks.length > 0).length <= 1);
  if (isLayout) return [...before, ...parsed.flat().flatMap(({ blocks }) => blocks)];
  return [...before, shortTableMarkdown(toGrid(parsed))];
}

function partsOf(table: Element): { captions: Element[]; rows: Element[] } {
  const captions: Element[] = [];
  const rows: Element[] = [];
  for (const child of shownElements(table)) {
    if (child.tagName === "caption") captions.push(child);
    else if (child.tagName === "tr") rows.push(child);
    else rows.push(...shownElements(child).filter(({ tagName }) => tagName === "tr"));
  }
  return { captions, rows };
}

const shownElements = (element: Element): Element[] =>
  element.childNodes.filter((node): node is Element => "tagName" in node && isShown(node));

const cellsOf = (row: Element): Element[] =>
  shownElements(row).filter(({ tagName }) => tagName === "td" || tagName === "th");

const parseCell = (cell: Element, blocksOf: BlocksOf): ParsedCell => ({
  blocks: blocksOf(cell, 3),
  columns: spanOf(cell, "colspan"),
  rows: spanOf(cell, "rowspan"),
});

function spanOf(cell: Element, name: string): number {
  const span = Number.parseInt(attributeOf(cell, name) ?? "1", 10);
  return Math.min(SPAN_MAX, Math.max(1, Number.isNaN(span) ? 1 : span));
}

const LAYOUT = new Set(["table", "h1", "h2", "h3", "h4", "pre", "blockquote"]);

/** Looks a few levels deep in each cell. */
function hasInnerLayout(row: Element): boolean {
  let level: Element[] = cellsOf(row);
  for (let depth = 0; depth < 6 && level.length > 0; depth += 1) {
    level = level.flatMap(shownElements);
    if (level.some(({ tagName }) => LAYOUT.has(tagName))) return true;
  }
  return false;
}

/** A cell that spans several columns or rows is followed by empty ones. */
function toGrid(rows: ParsedCell[][]): string[][] {
  const grid: string[][] = rows.map(() => []);
  let filled = 0;
  rows.forEach((row, y) => {
    let x = 0;
    for (const { blocks, columns, rows: height } of row) {
      while (grid[y]?.[x] !== undefined) x += 1;
      for (let down = 0; down < height && y + down < rows.length; down += 1) {
        for (let across = 0; across < columns; across += 1) {
          const isFirst = down === 0 && across === 0;
          if (!isFirst) filled += 1;
          const line = grid[y + down];
          if (line && (isFirst || filled <= FILLED_MAX)) line[x + across] = isFirst ? blocks.join(" ") : "";
        }
      }
      x += columns;
    }
  });
  return grid.map((line) => Array.from(line, (cell) => cell ?? ""));
}
