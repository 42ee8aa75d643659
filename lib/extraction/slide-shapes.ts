import { type Block, blocksLine, type CharacterCount } from "./document-blocks.ts";
import { createDrawingText } from "./drawing-text.ts";
import { parseXml } from "./xml.ts";
import type { XmlAttributes } from "./xml-names.ts";

export type Place = { x: number; y: number; width: number; height: number };
export type Placeholder = { type: string; index: string };
/** A shape of a slide, or a group of them. `part` is the relationship of the chart or diagram it shows. */
export type Shape = {
  place: Place | null;
  placeholder: Placeholder | null;
  blocks: Block[];
  part: { kind: "chart" | "diagram"; id: string } | null;
  isHidden: boolean;
  isPicture: boolean;
  children: Shape[];
};
export type SlideContent = { shapes: Shape[]; isHidden: boolean };

const SHAPES = new Set(["p:sp", "p:pic", "p:graphicFrame", "p:cxnSp", "p:grpSp"]);
/** What a shape counts for without a text: there may be millions. */
const EMPTY_SHAPE = " ".repeat(20);
const BULLETED = new Set(["body", "obj", ""]);

/** Reads what a slide, its layout or its notes hold, in the order of the file. */
export async function readShapes(
  chunks: AsyncIterable<Uint8Array>,
  count: CharacterCount,
  linkTarget: (id: string) => string | null,
): Promise<SlideContent> {
  const text = createDrawingText(count, linkTarget);
  const root = emptyShape();
  const stack: Shape[] = [root];
  const alternatives: number[] = [];
  const tables: { rows: string[][]; row: string[] }[] = [];
  let isHidden = false;
  let skipped = 0;

  function closeShape(): void {
    const shape = stack.pop();
    if (!shape) return;
    for (const block of text.take(BULLETED.has(shape.placeholder?.type ?? "none"))) shape.blocks.push(block);
    stack.at(-1)?.children.push(shape);
  }

  function openProperty(name: string, attributes: XmlAttributes): void {
    const shape = stack.at(-1);
    if (!shape || shape === root) return;
    if (name === "p:ph") shape.placeholder = { type: attributes.type ?? "", index: attributes.idx ?? "" };
    else if (name === "p:cNvPr" && attributes.hidden === "1") shape.isHidden = true;
    else if (name === "a:off" && !shape.place) {
      shape.place = { x: Number(attributes.x) || 0, y: Number(attributes.y) || 0, width: 0, height: 0 };
    } else if (name === "a:ext" && shape.place && shape.place.height === 0) {
      shape.place.width = Number(attributes.cx) || 0;
      shape.place.height = Number(attributes.cy) || 0;
    } else if (name === "c:chart") shape.part = { kind: "chart", id: attributes["r:id"] ?? "" };
    else if (name === "dgm:relIds") shape.part = { kind: "diagram", id: attributes["r:dm"] ?? "" };
    else if (name === "a:blip") shape.isPicture = true;
  }

  function openTable(name: string): void {
    if (name === "a:tbl") tables.push({ rows: [], row: [] });
    else if (name === "a:tc") text.take(false);
  }

  function closeTable(name: string): void {
    const table = tables.at(-1);
    if (!table) return;
    if (name === "a:tc") table.row.push(blocksLine(text.take(false)));
    else if (name === "a:tr") {
      table.rows.push(table.row);
      table.row = [];
    } else if (name === "a:tbl") {
      tables.pop();
      if (table.rows.some((row) => row.some(Boolean))) stack.at(-1)?.blocks.push({ kind: "table", rows: table.rows });
    }
  }

  await parseXml(chunks, {
    open(name, attributes) {
      const isUnneeded = name === "mc:Fallback" && alternatives.at(-1) !== text.charactersRead();
      if (skipped > 0 || isUnneeded) {
        skipped += 1;
        return;
      }
      if (SHAPES.has(name)) {
        count(EMPTY_SHAPE);
        stack.push(emptyShape());
      } else if (name === "p:sld") isHidden = attributes.show === "0" || attributes.show === "false";
      else if (name === "mc:AlternateContent") alternatives.push(text.charactersRead());
      openProperty(name, attributes);
      openTable(name);
      text.open(name, attributes);
    },
    close(name) {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      text.close(name);
      closeTable(name);
      if (SHAPES.has(name)) closeShape();
      else if (name === "mc:AlternateContent") alternatives.pop();
    },
    text(piece) {
      if (skipped === 0) text.text(piece);
    },
  });
  return { shapes: root.children, isHidden };
}

function emptyShape(): Shape {
  return {
    place: null,
    placeholder: null,
    blocks: [],
    part: null,
    isHidden: false,
    isPicture: false,
    children: [],
  };
}
