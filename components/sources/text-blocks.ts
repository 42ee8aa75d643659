/** A stretch of a text; `end` is excluded. */
export type Span = { start: number; end: number };

/** The lines of a table, cell by cell, or what lies between two tables. */
export type TextBlock = ({ type: "text" } & Span) | { type: "table"; rows: Span[][] };

const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^[\s|:-]+$/;

/** Where the tables of a page of Markdown are, and the text around them: all else is left as it was read. */
export function toTextBlocks(text: string, { start, end }: Span): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (let from = start; from < end; ) {
    const lineEnd = text.indexOf("\n", from);
    const to = lineEnd < 0 ? end : Math.min(end, lineEnd + 1);
    const line = text.slice(from, to);
    const last = blocks.at(-1);
    if (ROW.test(line)) {
      const rows = last?.type === "table" ? last.rows : [];
      if (last?.type !== "table") blocks.push({ type: "table", rows });
      if (!RULE.test(line) || !line.includes("-")) rows.push(cellsOf(line, from));
    } else if (last?.type === "text") last.end = to;
    else blocks.push({ type: "text", start: from, end: to });
    from = to;
  }
  return blocks;
}

/** Without the bars, nor the blanks beside them; a bar after a backslash is one of the cell's own. */
function cellsOf(line: string, at: number): Span[] {
  const bars = [...line.matchAll(/(?<!\\)\|/g)].map(({ index }) => index);
  return bars.slice(0, -1).map((bar, index) => {
    const cell = line.slice(bar + 1, bars[index + 1]);
    const start = at + bar + 1 + (cell.length - cell.trimStart().length);
    return { start, end: start + cell.trim().length };
  });
}
