import { parseXml } from "./xml.ts";
import type { XmlAttributes } from "./xml-names.ts";

/** `level` of a heading from 1, null for an ordinary paragraph; `numId` "0" is the number of no list. */
export type ParagraphStyle = { level: number | null; numId: string | null; numLevel: number | null };
export type DocxStyles = { paragraph(id: string | null): ParagraphStyle; isHidden(characterStyle: string): boolean };

type Written = {
  name: string;
  basedOn: string | null;
  outline: number | null;
  numId: string | null;
  numLevel: number | null;
  isHidden: boolean;
};

const PLAIN: ParagraphStyle = { level: null, numId: null, numLevel: null };
const HEADING = /^(?:heading|titre|überschrift|título|titolo|kop|rubrik|overskrift)\s*([1-9])$/i;
const TITLE = /^(?:title|titre)$/i;
const ANCESTORS_MAX = 20;

export function noStyles(): DocxStyles {
  return { paragraph: (id) => ({ ...PLAIN, level: levelOfName(id ?? "") }), isHidden: () => false };
}

export async function readStyles(chunks: AsyncIterable<Uint8Array>): Promise<DocxStyles> {
  const styles = new Map<string, Written>();
  let ordinary: string | null = null;
  let current: Written | null = null;
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "w:style") {
        current = { name: "", basedOn: null, outline: null, numId: null, numLevel: null, isHidden: false };
        const id = attributes["w:styleId"] ?? "";
        styles.set(id, current);
        if (attributes["w:type"] === "paragraph" && isOn(attributes["w:default"] ?? "0")) ordinary = id;
      } else if (current) {
        setProperty(current, name, attributes);
      }
    },
    close(name) {
      if (name === "w:style") current = null;
    },
    text() {},
  });
  const resolved = new Map<string, ParagraphStyle>();
  return {
    paragraph(id) {
      const key = id ?? ordinary;
      if (key === null) return PLAIN;
      const style = resolved.get(key) ?? resolve(key, styles);
      resolved.set(key, style);
      return style;
    },
    isHidden: (id) => styles.get(id)?.isHidden ?? false,
  };
}

/** An on/off property: there, and not said to be off. */
export function isOn(value: string | undefined): boolean {
  return value !== "0" && value !== "false" && value !== "off";
}

function setProperty(style: Written, name: string, attributes: XmlAttributes): void {
  const value = attributes["w:val"];
  if (name === "w:name") style.name = value ?? "";
  else if (name === "w:basedOn") style.basedOn = value ?? null;
  else if (name === "w:outlineLvl") style.outline = Number(value);
  else if (name === "w:numId") style.numId = value ?? null;
  else if (name === "w:ilvl") style.numLevel = Number(value);
  else if (name === "w:vanish") style.isHidden = isOn(value);
}

function resolve(id: string, styles: Map<string, Written>): ParagraphStyle {
  let level: number | null | undefined;
  let numId: string | null = null;
  let numLevel: number | null = null;
  let key: string | null = id;
  for (let ancestors = 0; key !== null && ancestors < ANCESTORS_MAX; ancestors += 1) {
    const style: Written | undefined = styles.get(key);
    if (!style) break;
    if (level === undefined && style.outline !== null) level = levelOfOutline(style.outline);
    level ??= levelOfName(style.name) ?? undefined;
    numId ??= style.numId;
    numLevel ??= style.numLevel;
    key = style.basedOn;
  }
  return { level: level ?? null, numId, numLevel };
}

/** w:outlineLvl counts from 0; 9 is the text itself. */
export function levelOfOutline(outline: number): number | null {
  return outline >= 0 && outline < 9 ? outline + 1 : null;
}

function levelOfName(name: string): number | null {
  const heading = HEADING.exec(name.trim());
  if (heading) return Number(heading[1]);
  return TITLE.test(name.trim()) ? 1 : null;
}
