import { formatNumber } from "./numbering.ts";
import { parseXml } from "./xml.ts";

/** What stands before a paragraph of a list: "-" for a bullet, "" when nothing is written. */
export type Numbering = {
  next(numId: string, level: number): string | null;
  /** The level at which a list numbers the paragraphs of a style. */
  levelOfStyle(numId: string, style: string): number | null;
};

type Level = { start: number; format: string; text: string; style: string | null };
type List = { levels: Map<number, Level>; styleLink: string | null; numStyleLink: string | null };
type Use = { list: string; starts: Map<number, number> };

const LEVELS_MAX = 9;

export function noNumbering(): Numbering {
  return { next: () => null, levelOfStyle: () => null };
}

export async function readNumbering(chunks: AsyncIterable<Uint8Array>): Promise<Numbering> {
  const lists = new Map<string, List>();
  const uses = new Map<string, Use>();
  let list: List | null = null;
  let use: Use | null = null;
  let level: Level | null = null;
  let overridden = 0;
  await parseXml(chunks, {
    open(name, attributes) {
      const value = attributes["w:val"] ?? "";
      if (name === "w:abstractNum") {
        list = { levels: new Map(), styleLink: null, numStyleLink: null };
        lists.set(attributes["w:abstractNumId"] ?? "", list);
      } else if (name === "w:num") {
        use = { list: "", starts: new Map() };
        uses.set(attributes["w:numId"] ?? "", use);
      } else if (name === "w:lvl") {
        level = { start: 1, format: "decimal", text: "", style: null };
        // A level that one use of a list redefines is taken for the list itself: its other uses rarely exist.
        const target = list ?? (use && lists.get(use.list));
        target?.levels.set(Number(attributes["w:ilvl"]), level);
      } else if (name === "w:styleLink" && list) list.styleLink = value;
      else if (name === "w:numStyleLink" && list) list.numStyleLink = value;
      else if (name === "w:abstractNumId" && use) use.list = value;
      else if (name === "w:lvlOverride") overridden = Number(attributes["w:ilvl"]);
      else if (name === "w:startOverride" && use) use.starts.set(overridden, Number(value) || 0);
      else if (level) setLevel(level, name, value);
    },
    close(name) {
      if (name === "w:abstractNum") list = null;
      else if (name === "w:num") use = null;
      else if (name === "w:lvl") level = null;
    },
    text() {},
  });
  return createNumbering(lists, uses);
}

function setLevel(level: Level, name: string, value: string): void {
  if (name === "w:start") level.start = Number(value) || 0;
  else if (name === "w:numFmt") level.format = value;
  else if (name === "w:lvlText") level.text = value;
  else if (name === "w:pStyle") level.style = value;
}

function createNumbering(lists: Map<string, List>, uses: Map<string, Use>): Numbering {
  /** By list: uses of the same list go on counting together. */
  const counters = new Map<string, (number | undefined)[]>();
  const begun = new Set<string>();

  function listOf(numId: string): { key: string; list: List } | null {
    const key = uses.get(numId)?.list ?? "";
    const list = lists.get(key);
    if (!list?.numStyleLink) return list ? { key, list } : null;
    const linked = [...lists].find(([, other]) => other.styleLink === list.numStyleLink);
    return linked ? { key: linked[0], list: linked[1] } : { key, list };
  }

  return {
    next(numId, depth) {
      const found = listOf(numId);
      const level = found?.list.levels.get(depth);
      if (!found || !level || depth < 0 || depth >= LEVELS_MAX) return null;
      if (level.format === "bullet") return "-";
      const counts = counters.get(found.key) ?? [];
      counters.set(found.key, counts);
      const restart = uses.get(numId)?.starts.get(depth);
      const isRestarted = restart !== undefined && !begun.has(`${numId} ${depth}`);
      begun.add(`${numId} ${depth}`);
      const before = counts[depth];
      counts[depth] = isRestarted ? restart : before === undefined ? level.start : before + 1;
      counts.length = depth + 1;
      if (level.format === "none") return level.text.replace(/%\d/g, "");
      return level.text.replace(/%(\d)/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        const { start = 1, format = "decimal" } = found.list.levels.get(at) ?? {};
        return formatNumber(counts[at] ?? start, format);
      });
    },
    levelOfStyle(numId, style) {
      for (const [depth, level] of listOf(numId)?.list.levels ?? []) if (level.style === style) return depth;
      return null;
    },
  };
}
