/*
 * The part of the DOM that Readability uses. A general DOM takes five times as long, most of it in lists of children that it makes
 * anew each time, and in the text of elements: here siblings are linked, and lists and texts are kept until something changes.
 */

export type DomNode = DomElement | DomText;

class Linked {
  readonly ownerDocument: DomDocument;
  parentNode: DomElement | null = null;
  nextSibling: DomNode | null = null;
  previousSibling: DomNode | null = null;

  constructor(ownerDocument: DomDocument) {
    this.ownerDocument = ownerDocument;
  }
}

export class DomText extends Linked {
  readonly nodeType = 3;
  readonly nodeName = "#text";
  readonly tagName = undefined;
  readonly childNodes: readonly DomNode[] = [];
  readonly textContent: string;

  constructor(ownerDocument: DomDocument, text: string) {
    super(ownerDocument);
    this.textContent = text;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }
}

class DomAttribute {
  readonly name: string;
  readonly value: string;

  constructor(name: string, value: string) {
    this.name = name;
    this.value = value;
  }

  cloneNode(): DomAttribute {
    return this;
  }
}

export class DomElement extends Linked {
  readonly nodeType = 1;
  readonly localName: string;
  readonly tagName: string;
  readonly #attributes = new Map<string, string>();
  firstChild: DomNode | null = null;
  lastChild: DomNode | null = null;
  /** Known of an element only if it is of all that are below: what forgets can stop at the first that has forgotten. */
  #text: string | null = null;
  #childNodes: DomNode[] | null = null;
  #children: DomElement[] | null = null;

  constructor(ownerDocument: DomDocument, localName: string) {
    super(ownerDocument);
    this.localName = localName.toLowerCase();
    this.tagName = localName.toUpperCase();
  }

  get nodeName(): string {
    return this.tagName;
  }

  get childNodes(): DomNode[] {
    if (this.#childNodes) return this.#childNodes;
    const nodes: DomNode[] = [];
    for (let node = this.firstChild; node; node = node.nextSibling) nodes.push(node);
    this.#childNodes = nodes;
    return nodes;
  }

  get children(): DomElement[] {
    this.#children ??= this.childNodes.filter((node) => node instanceof DomElement);
    return this.#children;
  }

  get firstElementChild(): DomElement | null {
    return elementFrom(this.firstChild);
  }

  get nextElementSibling(): DomElement | null {
    return elementFrom(this.nextSibling);
  }

  get previousElementSibling(): DomElement | null {
    let node = this.previousSibling;
    while (node && !(node instanceof DomElement)) node = node.previousSibling;
    return node;
  }

  get textContent(): string {
    if (this.#text !== null) return this.#text;
    let text = "";
    for (let node = this.firstChild; node; node = node.nextSibling) text += node.textContent;
    this.#text = text;
    return text;
  }

  get className(): string {
    return this.#attributes.get("class") ?? "";
  }

  set className(value: string) {
    this.#attributes.set("class", value);
  }

  get id(): string {
    return this.#attributes.get("id") ?? "";
  }

  set id(value: string) {
    this.#attributes.set("id", value);
  }

  get attributes(): DomAttribute[] {
    return Array.from(this.#attributes, ([name, value]) => new DomAttribute(name, value));
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }

  setAttributeNode({ name, value }: DomAttribute): void {
    this.#attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  /** Readability keeps it to begin again with other rules, which it is not asked to do. */
  get innerHTML(): string {
    return "";
  }

  set innerHTML(_html: string) {
    while (this.firstChild) this.removeChild(this.firstChild);
  }

  getElementsByTagName(tagName: string): DomElement[] {
    const wanted = tagName.toUpperCase();
    const found: DomElement[] = [];
    let node: DomElement | null = this.firstElementChild;
    while (node) {
      if (wanted === "*" || node.tagName === wanted) found.push(node);
      let next: DomElement | null = node.firstElementChild;
      for (let above: DomElement | null = node; !next && above && above !== this; above = above.parentNode) {
        next = above.nextElementSibling;
      }
      node = next;
    }
    return found;
  }

  appendChild<T extends DomNode>(node: T): T {
    node.parentNode?.removeChild(node);
    this.#place(node, this.lastChild, null);
    return node;
  }

  replaceChild<T extends DomNode>(node: DomNode, old: T): T {
    node.parentNode?.removeChild(node);
    const { previousSibling, nextSibling } = old;
    this.removeChild(old);
    this.#place(node, previousSibling, nextSibling);
    return old;
  }

  removeChild<T extends DomNode>(node: T): T {
    if (node.previousSibling) node.previousSibling.nextSibling = node.nextSibling;
    else this.firstChild = node.nextSibling;
    if (node.nextSibling) node.nextSibling.previousSibling = node.previousSibling;
    else this.lastChild = node.previousSibling;
    node.parentNode = null;
    node.previousSibling = null;
    node.nextSibling = null;
    this.#forget();
    return node;
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  #place(node: DomNode, before: DomNode | null, after: DomNode | null): void {
    node.parentNode = this;
    node.previousSibling = before;
    node.nextSibling = after;
    if (before) before.nextSibling = node;
    else this.firstChild = node;
    if (after) after.previousSibling = node;
    else this.lastChild = node;
    this.#forget();
  }

  #forget(): void {
    this.#childNodes = null;
    this.#children = null;
    for (let above: DomElement | null = this; above && above.#text !== null; above = above.parentNode)
      above.#text = null;
  }
}

function elementFrom(start: DomNode | null): DomElement | null {
  let node = start;
  while (node && !(node instanceof DomElement)) node = node.nextSibling;
  return node;
}

export class DomDocument {
  readonly documentElement: DomElement;
  readonly body: DomElement;
  readonly title: string;
  readonly baseURI = "about:blank";
  readonly documentURI = "about:blank";

  constructor(title: string) {
    this.title = title;
    this.documentElement = this.createElement("html");
    this.body = this.documentElement.appendChild(this.createElement("body"));
  }

  get firstChild(): DomElement {
    return this.documentElement;
  }

  createElement(localName: string): DomElement {
    return new DomElement(this, localName);
  }

  createTextNode(text: string): DomText {
    return new DomText(this, text);
  }

  getElementsByTagName(tagName: string): DomElement[] {
    return this.documentElement.getElementsByTagName(tagName);
  }
}
