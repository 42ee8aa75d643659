import { formatNumber } from "./numbering.ts";
import type { XmlAttributes } from "./xml-names.ts";

type ListLevel = {
  isBullet: boolean;
  format: string;
  prefix: string;
  suffix: string;
  displayLevels: number;
  start: number;
};
type Style = { parent: string | null; listStyle: string | null; isHidden: boolean };

const ANCESTORS_MAX = 20;
const TITLE = /^(Title|Titre)$/;
const LIST_LEVEL = /^text:(list-level-style-(number|bullet|image)|outline-level-style)$/;
/** The one list that numbers the headings of a document. */
export const OUTLINE_LIST = " outline";

export type OdfStyles = ReturnType<typeof createOdfStyles>;

/** Keeps what the text needs of the styles of an OpenDocument file, as they are read. */
export function createOdfStyles() {
  const styles = new Map<string, Style>();
  const lists = new Map<string, Map<number, ListLevel>>();
  let style: Style | null = null;
  let list: Map<number, ListLevel> | null = null;

  function ancestors(name: string): string[] {
    const found: string[] = [];
    for (let key: string | null = name; key !== null && found.length < ANCESTORS_MAX; ) {
      found.push(key);
      key = styles.get(key)?.parent ?? null;
    }
    return found;
  }

  function openList(name: string, attributes: XmlAttributes): void {
    list = new Map();
    lists.set(name === "text:outline-style" ? OUTLINE_LIST : (attributes["style:name"] ?? ""), list);
  }

  return {
    open(name: string, attributes: XmlAttributes): void {
      if (name === "style:style") {
        style = {
          parent: attributes["style:parent-style-name"] ?? null,
          listStyle: attributes["style:list-style-name"] || null,
          isHidden: false,
        };
        styles.set(attributes["style:name"] ?? "", style);
      } else if (name === "text:list-style" || name === "text:outline-style") openList(name, attributes);
      else if (list && LIST_LEVEL.test(name)) list.set(Number(attributes["text:level"]), listLevel(name, attributes));
      else if (style && attributes["text:display"] === "none") style.isHidden = true;
      else if (style && attributes["presentation:visibility"] === "hidden") style.isHidden = true;
      else if (style && attributes["table:display"] === "false") style.isHidden = true;
    },
    close(name: string): void {
      if (name === "style:style") style = null;
      else if (name === "text:list-style" || name === "text:outline-style") list = null;
    },
    isTitle: (name: string) => ancestors(name).some((ancestor) => TITLE.test(ancestor)),
    /** Text that is not displayed, a slide or a sheet that is not shown. */
    isHidden: (name: string) => styles.get(name)?.isHidden ?? false,
    listStyleOf: (name: string) =>
      ancestors(name)
        .map((ancestor) => styles.get(ancestor)?.listStyle)
        .find(Boolean) ?? null,
    /** What is written before an item: `counts` has the number of each level down to `depth`, from 0. */
    marker(listStyle: string, depth: number, counts: readonly number[]): string {
      const levels = lists.get(listStyle);
      const level = levels?.get(depth + 1);
      if (!level || level.isBullet) return "-";
      if (level.format === "") return "";
      const numbers: string[] = [];
      for (let at = Math.max(0, depth + 1 - level.displayLevels); at <= depth; at += 1) {
        const { format = "1" } = levels?.get(at + 1) ?? {};
        if (format !== "") numbers.push(formatNumber(counts[at] ?? 1, format));
      }
      return `${level.prefix}${numbers.join(".")}${level.suffix}`.trim();
    },
    start: (listStyle: string, depth: number) => lists.get(listStyle)?.get(depth + 1)?.start ?? 1,
    hasOutline: () => lists.has(OUTLINE_LIST),
  };
}

function listLevel(name: string, attributes: XmlAttributes): ListLevel {
  return {
    isBullet: name.endsWith("-bullet") || name.endsWith("-image"),
    format: attributes["style:num-format"] ?? "",
    prefix: attributes["style:num-prefix"] ?? "",
    suffix: attributes["style:num-suffix"] ?? "",
    displayLevels: Math.min(10, Number(attributes["text:display-levels"] ?? 1) || 1),
    start: Number(attributes["text:start-value"] ?? 1) || 1,
  };
}
