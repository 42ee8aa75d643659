import type { Block, CharacterCount } from "./document-blocks.ts";
import { linkMarkdown } from "./marks.ts";
import { formatNumber } from "./numbering.ts";
import type { XmlAttributes } from "./xml-names.ts";

type Paragraph = {
  line: string[];
  level: number;
  bullet: "none" | "sign" | "number" | null;
  format: string;
  start: number;
};

const LEVELS_MAX = 9;

/** Paragraphs of DrawingML (`a:p`), as they are read: those of slides, diagrams, charts and boxes of a sheet. */
export function createDrawingText(count: CharacterCount, linkTarget: (id: string) => string | null) {
  let paragraphs: Paragraph[] = [];
  let paragraph: Paragraph | null = null;
  let isCaptured = false;
  let link: { target: string; from: number } | null = null;
  let characters = 0;

  function add(text: string): void {
    if (!paragraph) return;
    count(text);
    paragraph.line.push(text);
    characters += text.trim().length;
  }

  return {
    open(name: string, attributes: XmlAttributes): void {
      if (name === "a:p") paragraph = { line: [], level: 0, bullet: null, format: "", start: 1 };
      else if (!paragraph) return;
      else if (name === "a:t" || name === "m:t") isCaptured = true;
      else if (name === "a:br") add("\n");
      else if (name === "a:pPr") paragraph.level = Math.min(LEVELS_MAX - 1, Number(attributes.lvl ?? 0) || 0);
      else if (name === "a:buNone") paragraph.bullet = "none";
      else if (name === "a:buChar" || name === "a:buBlip") paragraph.bullet = "sign";
      else if (name === "a:buAutoNum") {
        paragraph.bullet = "number";
        paragraph.format = attributes.type ?? "";
        paragraph.start = Number(attributes.startAt ?? 1) || 1;
      } else if (name === "a:hlinkClick") {
        const target = linkTarget(attributes["r:id"] ?? "");
        link = target ? { target, from: paragraph.line.length } : null;
      }
    },
    close(name: string): void {
      if (name === "a:t" || name === "m:t") isCaptured = false;
      else if ((name === "a:r" || name === "a:fld") && link && paragraph) {
        const { target, from } = link;
        paragraph.line.push(linkMarkdown(paragraph.line.splice(from).join(""), target));
        link = null;
      } else if (name === "a:p" && paragraph) {
        paragraphs.push(paragraph);
        paragraph = null;
      }
    },
    text(text: string): void {
      if (isCaptured) add(text);
    },
    /** What was read since the last time; where paragraphs are `bulleted`, one is an item unless it says otherwise. */
    take(isBulleted: boolean): Block[] {
      const blocks = blocksOf(paragraphs, isBulleted);
      paragraphs = [];
      return blocks;
    },
    charactersRead: () => characters,
  };
}

function blocksOf(paragraphs: readonly Paragraph[], isBulleted: boolean): Block[] {
  const counts: number[] = [];
  const blocks: Block[] = [];
  for (const { line, level, bullet, format, start } of paragraphs) {
    const text = line.join("");
    if (text.trim() === "") continue;
    counts.length = Math.min(counts.length, level + 1);
    if (bullet === "number") {
      counts[level] = counts[level] === undefined ? start : (counts[level] ?? 0) + 1;
      blocks.push({ kind: "item", depth: level, marker: markerOf(counts[level] ?? start, format), text });
      continue;
    }
    counts.length = Math.min(counts.length, level);
    const isItem = bullet === "sign" || (isBulleted && bullet !== "none");
    blocks.push(isItem ? { kind: "item", depth: level, marker: "-", text } : { kind: "paragraph", text });
  }
  return blocks;
}

/** ST_TextAutonumberScheme: "alphaLcParenR", "romanUcPeriod", "arabicParenBoth"… */
function markerOf(number: number, scheme: string): string {
  const isUpper = scheme.includes("Uc");
  const format = scheme.startsWith("alpha") ? "a" : scheme.startsWith("roman") ? "i" : "1";
  const written = formatNumber(number, isUpper ? format.toUpperCase() : format);
  return scheme.includes("Paren") ? `${written})` : `${written}.`;
}
