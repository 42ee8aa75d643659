import { Readability } from "@mozilla/readability";
import { DomDocument, DomElement, type DomNode } from "./article-dom.ts";
import { type Element, elementsIn, isElement, isText, lettersIn, roleOf, textIn } from "./article-tree.ts";
import { attributeOf } from "./html-visibility.ts";

/** Larger, it takes Readability too long; deeper, it is a page that nobody wrote. */
const ELEMENTS_MAX = 15_000;
const DEPTH_MAX = 200;
/** A `<main>` that holds less of the page is not its main text. */
const MAIN_SHARE_MIN = 0.25;
/** What Readability finds in a page that says what its main text is, or not: less is a part taken for the whole. */
const FOUND_SHARE_MIN = { main: 0.6, body: 0.2 };
const FOUND_LETTERS_MIN = 250;
/** What Readability weighs elements by: the others cost time. */
const WEIGHED = new Set("class id href rel itemprop role colspan rowspan summary datatable".split(" "));

/**
 * The element that holds the main text of a page whose hidden text and boilerplate are gone. Readability says where it is; what it
 * would leave out of it stays: it takes the short panels of an administrative sheet, and the lists of its references, for menus.
 */
export function mainTextOf(body: Element, title: string): Element {
  const root = rootOf(body);
  const found = foundByReadability(root, title);
  const shareMin = root === body ? FOUND_SHARE_MIN.body : FOUND_SHARE_MIN.main;
  return found && lettersIn(found) >= Math.max(FOUND_LETTERS_MIN, shareMin * lettersIn(root)) ? found : root;
}

/** The only `<main>`, else the only `<article>`, else the body. */
function rootOf(body: Element): Element {
  const elements = elementsIn(body);
  const isMain = (element: Element) => element.tagName === "main" || roleOf(element) === "main";
  for (const found of [elements.filter(isMain), elements.filter(({ tagName }) => tagName === "article")]) {
    const [only] = found;
    if (only && found.length === 1 && lettersIn(only) >= MAIN_SHARE_MIN * lettersIn(body)) return only;
  }
  return body;
}

/** The smallest element that holds all that Readability keeps. */
function foundByReadability(root: Element, title: string): Element | null {
  if (elementsIn(root).length > ELEMENTS_MAX) return null;
  const document = new DomDocument(title);
  const parents = new Map<DomNode, Element>();
  copyChildren(root, document.body, parents, 0);
  const reader = new Readability<DomElement>(document as unknown as Document, {
    charThreshold: 1,
    disableJSONLD: true,
    keepClasses: true,
    serializer: (node) => node as unknown as DomElement,
  });
  const content = reader.parse()?.content;
  return content
    ? commonParent(
        textsIn(content).flatMap((text) => parents.get(text) ?? []),
        root,
      )
    : null;
}

function copyChildren(from: Element, to: DomElement, parents: Map<DomNode, Element>, depth: number): void {
  const document = to.ownerDocument;
  const addText = (text: string, parent: Element) => {
    parents.set(to.appendChild(document.createTextNode(text)), parent);
  };
  for (const node of from.childNodes) {
    if (isText(node)) addText(node.value, from);
    else if (isElement(node) && depth >= DEPTH_MAX) addText(textIn(node), from);
    else if (isElement(node)) {
      const copy = document.createElement(node.tagName);
      for (const { name, value } of node.attrs) if (WEIGHED.has(name)) copy.setAttribute(name, value.slice(0, 500));
      copyChildren(node, copy, parents, depth + 1);
      to.appendChild(copy);
    }
  }
}

/** Those that are not white space. */
function textsIn(element: DomElement): DomNode[] {
  return element.childNodes.flatMap((node) => {
    if (node instanceof DomElement) return textsIn(node);
    return node.textContent.trim() === "" ? [] : [node];
  });
}

function commonParent(elements: readonly Element[], root: Element): Element | null {
  let [common = null] = elements;
  for (const element of new Set(elements)) {
    const above = new Set<unknown>();
    for (let each: Element["parentNode"] = element; each; each = parentOf(each)) above.add(each);
    while (common && !above.has(common)) common = common === root ? null : asElement(common.parentNode);
  }
  return common;
}

const parentOf = (node: NonNullable<Element["parentNode"]>) => ("parentNode" in node ? node.parentNode : null);
const asElement = (node: Element["parentNode"]): Element | null => (node && "tagName" in node ? node : null);

/** Of a link only its text is kept: an address in a text that others wrote is nowhere to go. */
export function removeAddresses(element: Element): void {
  for (const link of elementsIn(element))
    if (attributeOf(link, "href") !== null) link.attrs = link.attrs.filter(({ name }) => name !== "href");
}
