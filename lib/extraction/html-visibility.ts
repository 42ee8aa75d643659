import type { DefaultTreeAdapterTypes } from "parse5";

type Element = DefaultTreeAdapterTypes.Element;

const NEVER_SHOWN = new Set(
  (
    "script style template noscript head title meta link base object embed applet iframe frameset noframes svg canvas " +
    "audio video map datalist param source track"
  ).split(" "),
);
const HIDING_STYLE = /(^|;)\s*(display\s*:\s*none|visibility\s*:\s*(hidden|collapse))/i;

/** False for what a browser does not show, as far as the element itself says: no style sheet is read. */
export function isShown(element: Element): boolean {
  if (NEVER_SHOWN.has(element.tagName)) return false;
  if (attributeOf(element, "hidden") !== null) return false;
  if (element.tagName === "input") return attributeOf(element, "type")?.toLowerCase() !== "hidden";
  if (element.tagName === "dialog") return attributeOf(element, "open") !== null;
  return !HIDING_STYLE.test(attributeOf(element, "style") ?? "");
}

export const attributeOf = (element: Element, name: string): string | null =>
  element.attrs.find((attribute) => attribute.name === name)?.value ?? null;
