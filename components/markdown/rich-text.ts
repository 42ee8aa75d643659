/** What the page adds for itself: buttons, titles of frames, where links lead, words for screen readers. */
const ADDED = "button, figcaption, .sr-only, [data-place], [data-footnote-backref]";
const WRAPPERS = "figure, section, div, span, a[href^='#'], a:not([href])";
const KEPT_ATTRIBUTES = ["href", "colspan", "rowspan", "start", "align", "border", "cellspacing", "cellpadding"];
/** Headings of an answer come under the page's and the message's own; alone in a document, they start at the first level. */
const LEVELS_UNDER_MESSAGE = 2;

/** What `shown` says as HTML for a word processor: headings at their own levels, lists, tables with borders, nothing of the page. */
export function toRichText(shown: Element): string {
  const copied = withoutAdded(shown);
  for (const code of copied.querySelectorAll("code")) code.replaceChildren(code.textContent ?? "");
  for (const heading of copied.querySelectorAll("h3, h4, h5, h6")) {
    rename(heading, `h${Number(heading.tagName.slice(1)) - LEVELS_UNDER_MESSAGE}`);
  }
  for (const cell of copied.querySelectorAll<HTMLElement>("th, td")) {
    if (cell.style.textAlign) cell.setAttribute("align", cell.style.textAlign);
  }
  for (const table of copied.querySelectorAll("table")) {
    for (const [name, value] of [
      ["border", "1"],
      ["cellspacing", "0"],
      ["cellpadding", "4"],
    ] as const) {
      table.setAttribute(name, value);
    }
  }
  for (const wrapper of copied.querySelectorAll(WRAPPERS)) wrapper.replaceWith(...wrapper.childNodes);
  for (const element of copied.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (!KEPT_ATTRIBUTES.includes(name)) element.removeAttribute(name);
    }
  }
  return copied.innerHTML.trim();
}

/** What `shown` says as text, with the line breaks of a table's cell. */
export function toPlain(shown: Element): string {
  const copied = withoutAdded(shown);
  for (const lineBreak of copied.querySelectorAll("br")) lineBreak.replaceWith("\n");
  return (copied.textContent ?? "").trim();
}

/** Markers of sources stay, as text. Formulas become their source: word processors would run the parts of a MathML formula together. */
function withoutAdded(shown: Element): Element {
  const copied = shown.cloneNode(true) as Element;
  for (const marker of copied.querySelectorAll("[data-source]")) marker.replaceWith(marker.textContent ?? "");
  for (const added of copied.querySelectorAll(ADDED)) added.remove();
  for (const maths of copied.querySelectorAll("math")) {
    maths.replaceWith(maths.querySelector("annotation")?.textContent ?? maths.textContent ?? "");
  }
  return copied;
}

function rename(element: Element, name: string): void {
  const renamed = document.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
}
