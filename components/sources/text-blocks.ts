/** A stretch of a text; `end` is excluded. */
export type Span = { start: number; end: number };

/** `marker`: of a numbered item, as it is written; null for a bullet. */
export type ListItem = { depth: number; marker: Span | null; lines: Span[] };

/** What a page of Markdown is made of, without the signs that say so. Of a table, the cells of each row. */
export type TextBlock =
  | ({ type: "text" | "code" } & Span)
  | ({ type: "heading"; level: number } & Span)
  | { type: "list"; items: ListItem[] }
  | { type: "quote"; lines: Span[] }
  | { type: "table"; rows: Span[][] };

const ROW = /^\s*\|.*\|\s*$/;
const RULE = /^[\s|:-]+$/;
const HEADING = /^(#{1,6}) +(?=\S)/;
const ITEM = /^( *)(?:[-*+]|(\d{1,9}[.)])) +(?=\S)/;
const CONTINUED = /^ {2,}(?=\S)/;
const QUOTED = /^ {0,3}> ?/;
const FENCE = /^ {0,3}(`{3,})/;
const INDENT = 4;

/** Where the titles, lists, tables… of a page of Markdown are, and the text between them, which is left as it was read. */
export function toTextBlocks(text: string, { start, end }: Span): TextBlock[] {
  const blocks: TextBlock[] = [];
  let fence: string | null = null;
  for (let from = start; from < end; ) {
    const lineEnd = text.indexOf("\n", from);
    const to = lineEnd < 0 ? end : Math.min(end, lineEnd + 1);
    const line = text.slice(from, to);
    const ticks: string | undefined = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (ticks && ticks.length >= fence.length && line.trim() === ticks) fence = null;
      else extend(blocks, "code", from, to);
    } else if (ticks) {
      fence = ticks;
      blocks.push({ type: "code", start: to, end: to });
    } else addLine(blocks, line, from, to);
    from = to;
  }
  return blocks.filter((block) => !("end" in block) || block.end > block.start);
}

function addLine(blocks: TextBlock[], line: string, from: number, to: number): void {
  const last = blocks.at(-1);
  const heading = HEADING.exec(line);
  const item = ITEM.exec(line);
  const quoted = QUOTED.exec(line);
  if (ROW.test(line)) {
    const rows = last?.type === "table" ? last.rows : [];
    if (last?.type !== "table") blocks.push({ type: "table", rows });
    if (!RULE.test(line) || !line.includes("-")) rows.push(cellsOf(line, from));
  } else if (heading?.[1])
    blocks.push({ type: "heading", level: heading[1].length, ...trimmed(line, from, heading[0].length) });
  else if (item) {
    const [{ length: signs }, indent = "", number] = item;
    const at = from + indent.length;
    const marker = number ? { start: at, end: at + number.length } : null;
    const added = { depth: Math.floor(indent.length / INDENT), marker, lines: [trimmed(line, from, signs)] };
    if (last?.type === "list") last.items.push(added);
    else blocks.push({ type: "list", items: [added] });
  } else if (last?.type === "list" && CONTINUED.test(line)) last.items.at(-1)?.lines.push(trimmed(line, from, 0));
  else if (quoted) {
    const lines = last?.type === "quote" ? last.lines : [];
    if (last?.type !== "quote") blocks.push({ type: "quote", lines });
    lines.push(trimmed(line, from, quoted[0].length));
  } else extend(blocks, "text", from, to);
}

function extend(blocks: TextBlock[], type: "text" | "code", start: number, end: number): void {
  const last = blocks.at(-1);
  if (last?.type === type) last.end = end;
  else blocks.push({ type, start, end });
}

/** What a line says after so many of its characters, without blanks at its ends. */
function trimmed(line: string, at: number, after: number): Span {
  const rest = line.slice(after);
  const start = at + after + (rest.length - rest.trimStart().length);
  return { start, end: start + rest.trim().length };
}

/** Without the bars, nor the blanks beside them; a bar after a backslash is one of the cell's own. */
function cellsOf(line: string, at: number): Span[] {
  const bars = [...line.matchAll(/(?<!\\)\|/g)].map(({ index }) => index);
  return bars.slice(0, -1).map((bar, index) => trimmed(line.slice(0, bars[index + 1]), at, bar + 1));
}
