import { type OdfStyles, OUTLINE_LIST } from "./odf-styles.ts";
import type { XmlAttributes } from "./xml-names.ts";

type List = { style: string; item: { isNew: boolean; start: number | null } | null };

const DEPTH_MAX = 10;

/**
 * Counts the items of lists and the headings of an OpenDocument file, as they are read. In a presentation each item may
 * be a list of its own: there, lists that follow each other are one (`areJoined`).
 */
export function createOdfLists(styles: OdfStyles, areJoined: boolean) {
  const lists: List[] = [];
  const counters = new Map<string, number[]>();

  function next(style: string, depth: number, start: number | null): string {
    const key = areJoined ? "" : style;
    const counts = counters.get(key) ?? [];
    counters.set(key, counts);
    for (let at = counts.length; at < depth; at += 1) counts.push(styles.start(style, at));
    const before = counts[depth];
    counts[depth] = start ?? (before === undefined ? styles.start(style, depth) : before + 1);
    counts.length = depth + 1;
    const marker = styles.marker(style, depth, counts);
    if (areJoined && marker === "-") counts.length = depth;
    return marker;
  }

  return {
    open(name: string, attributes: XmlAttributes): void {
      const list = lists.at(-1);
      if (name === "text:list") {
        const style = attributes["text:style-name"] ?? list?.style ?? "";
        const goesOn = attributes["text:continue-numbering"] === "true" || attributes["text:continue-list"];
        if (!list && !goesOn) counters.delete(style);
        lists.push({ style, item: null });
      } else if (name === "text:list-item" && list) {
        const start = Number(attributes["text:start-value"]);
        list.item = { isNew: true, start: Number.isInteger(start) ? start : null };
      } else if (name === "text:list-header" && list) list.item = { isNew: false, start: null };
    },
    close(name: string): void {
      if (name === "text:list") lists.pop();
    },
    /** Of a paragraph in a list: its depth from 0, and its marker, null when it goes on with its item. */
    item(paragraphStyle: string): { depth: number; marker: string | null } | null {
      const list = lists.at(-1);
      if (!list?.item) {
        if (areJoined) counters.clear();
        return null;
      }
      const depth = Math.min(lists.length - 1, DEPTH_MAX - 1);
      if (!list.item.isNew) return { depth, marker: null };
      list.item.isNew = false;
      const style = list.style || styles.listStyleOf(paragraphStyle) || "";
      return { depth, marker: next(style, depth, list.item.start) };
    },
    headingNumber(level: number): string {
      return styles.hasOutline() ? next(OUTLINE_LIST, Math.min(level, DEPTH_MAX) - 1, null).replace(/^-$/, "") : "";
    },
    /** Lists of a note or of a cell are its own: gives back those that were open. */
    setAside(): List[] {
      return lists.splice(0);
    },
    takeBack(aside: readonly List[]): void {
      lists.splice(0, lists.length, ...aside);
    },
  };
}
