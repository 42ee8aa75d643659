import {
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  parse,
  type TreeAdapter,
} from "parse5";
import { ExtractionError } from "./extraction.ts";
import { attributeOf } from "./html-visibility.ts";

export type Element = DefaultTreeAdapterTypes.Element;
export type Node = DefaultTreeAdapterTypes.ChildNode;

/** No page that is read by people has as many: beyond, each would cost more than the one before. */
const ELEMENTS_MAX = 200_000;
const DEPTH_MAX = 2_000;

export type PageTree = { head: Element; body: Element };

/** Fails with `too_large_inside` on what is too deep or made of too many elements, and with `no_text` on a set of frames. */
export function parsePage(html: string): PageTree {
  const document = parse<DefaultTreeAdapterMap>(html, { treeAdapter: createBoundedAdapter() });
  const root = document.childNodes.find((node) => isElement(node));
  const inRoot = root?.childNodes.filter((node) => isElement(node)) ?? [];
  const head = inRoot.find(({ tagName }) => tagName === "head");
  const body = inRoot.find(({ tagName }) => tagName === "body");
  if (!head || !body) throw new ExtractionError("no_text");
  return { head, body };
}

/** Refuses as it grows a tree that would be too large. */
function createBoundedAdapter(): TreeAdapter<DefaultTreeAdapterMap> {
  const depths = new WeakMap<object, number>();
  let elements = 0;
  return {
    ...defaultTreeAdapter,
    createElement(tagName, namespace, attributes) {
      elements += 1;
      if (elements > ELEMENTS_MAX) throw new ExtractionError("too_large_inside");
      return defaultTreeAdapter.createElement(tagName, namespace, attributes);
    },
    appendChild(parent, child) {
      const depth = (depths.get(parent) ?? 0) + 1;
      if (depth > DEPTH_MAX) throw new ExtractionError("too_large_inside");
      depths.set(child, depth);
      defaultTreeAdapter.appendChild(parent, child);
    },
  };
}

export const isElement = (node: Node): node is Element => "tagName" in node;

export const isText = (node: Node): node is DefaultTreeAdapterTypes.TextNode => node.nodeName === "#text";

/** The elements below one, in the order of the page. */
export function elementsIn(element: Element): Element[] {
  const found: Element[] = [];
  const waiting: Element[] = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next !== element) found.push(next);
    for (let index = next.childNodes.length - 1; index >= 0; index -= 1) {
      const child = next.childNodes[index];
      if (child && isElement(child)) waiting.push(child);
    }
  }
  return found;
}

/** The text below an element, white space as it is written; elements are set apart by a space. */
export function textIn(element: Element): string {
  const pieces: string[] = [];
  const waiting: Node[] = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (isText(next)) pieces.push(next.value);
    else if (isElement(next)) {
      pieces.push(" ");
      for (let index = next.childNodes.length - 1; index >= 0; index -= 1) {
        const child = next.childNodes[index];
        if (child) waiting.push(child);
      }
    }
  }
  return pieces.join("");
}

/** How many characters below an element are not white space. */
export function lettersIn(element: Element): number {
  let letters = 0;
  const waiting: Node[] = [element];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (isText(next)) letters += lettersOf(next.value);
    else if (isElement(next)) for (const child of next.childNodes) waiting.push(child);
  }
  return letters;
}

export function lettersOf(text: string): number {
  let letters = 0;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x20) letters += 1;
  return letters;
}

/** Its classes and its id, in lower case. */
export function namesOf(element: Element): string[] {
  const written = `${attributeOf(element, "class") ?? ""} ${attributeOf(element, "id") ?? ""}`;
  return written === " " ? [] : written.slice(0, 1_000).toLowerCase().split(/\s+/).filter(Boolean);
}

export const roleOf = (element: Element): string => attributeOf(element, "role")?.trim().toLowerCase() ?? "";
