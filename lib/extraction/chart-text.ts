import { cleanLine } from "./clean-text.ts";
import type { Block, CharacterCount } from "./document-blocks.ts";
import { parseXml } from "./xml.ts";

type Series = { name: string; categories: Map<number, string>; values: Map<number, string> };

/** A chart of more than this is seen, not read: its titles are kept. */
const SERIES_MAX = 20;
const POINTS_MAX = 100;

/** Reads a chart of Office: its titles, then its categories and values as a table. */
export async function readChart(chunks: AsyncIterable<Uint8Array>, count: CharacterCount): Promise<Block[]> {
  const titles: string[] = [];
  const series: Series[] = [];
  const open: string[] = [];
  let captured = "";
  let point = 0;

  await parseXml(chunks, {
    open(name, attributes) {
      open.push(name);
      captured = "";
      if (name === "c:ser" && series.length < SERIES_MAX + 1) {
        series.push({ name: "", categories: new Map(), values: new Map() });
      } else if (name === "c:title") titles.push("");
      else if (name === "c:pt") point = Number(attributes.idx);
    },
    close(name) {
      open.pop();
      const one = series.at(-1);
      if (name === "a:t" && open.includes("c:title")) titles.push(`${titles.pop() ?? ""}${captured}`);
      else if (name === "c:v" && one && open.includes("c:ser")) keepValue(one, open, point, captured);
    },
    text(text) {
      const name = open.at(-1);
      if (name !== "a:t" && name !== "c:v") return;
      count(text);
      captured += text;
    },
  });
  const written = titles.map(cleanLine).filter(Boolean);
  const blocks: Block[] = written.map((text) => ({ kind: "paragraph", text }));
  const rows = rowsOf(series);
  if (rows.length > 1) blocks.push({ kind: "table", rows });
  return blocks;
}

function keepValue(series: Series, open: readonly string[], point: number, text: string): void {
  if (open.includes("c:tx")) series.name = `${series.name} ${text}`.trim();
  else if (open.includes("c:cat") || open.includes("c:xVal")) series.categories.set(point, text);
  else if (open.includes("c:val") || open.includes("c:yVal")) series.values.set(point, shortened(text));
}

function rowsOf(series: readonly Series[]): string[][] {
  const points = [...new Set(series.flatMap((one) => [...one.categories.keys(), ...one.values.keys()]))];
  if (series.length > SERIES_MAX || points.length > POINTS_MAX) return [];
  const categories = series.find((one) => one.categories.size > 0)?.categories;
  const rows = points
    .sort((a, b) => a - b)
    .map((point) => [categories?.get(point) ?? "", ...series.map((one) => one.values.get(point) ?? "")]);
  return [["", ...series.map((one) => one.name)], ...rows];
}

/** Binary fractions are stored with all their digits: 4.2999999999999998. */
function shortened(text: string): string {
  const number = Number(text);
  return text.trim() === "" || !Number.isFinite(number) ? text : String(Number(number.toPrecision(12)));
}
