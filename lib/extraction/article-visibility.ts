import { type Element, elementsIn, isElement, isText, namesOf } from "./article-tree.ts";
import { attributeOf, isShown } from "./html-visibility.ts";
import { type Colour, isNear, toColour, WHITE } from "./inline-colours.ts";

/*
 * What a page of the web does not show must not reach a model: it is where instructions are hidden. Style sheets are not read, only
 * what each element says of itself.
 */

/** What an element takes from those it is in. */
type Look = { isTiny: boolean; colour: Colour | null; background: Colour | null };

/** For screen readers only: seen by nobody, and often « Ouvre un lien externe ». */
const UNSEEN_NAMES = new Set(
  (
    "sr-only fr-sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader element-invisible " +
    "assistive-text u-visually-hidden govuk-visually-hidden a11y-hidden"
  ).split(" "),
);

const NOT_READ = new Set(["img", "picture", "input", "button", "select", "textarea", "progress", "meter", "dialog"]);
const HIDING_ATTRIBUTES = new Set(["hidden", "aria-hidden", "style"]);
const PIXELS_AWAY = 400;
const PIXELS_PER_EM = 16;

/** Takes away what is not shown, in place; what a shown button opens stays. */
export function removeHidden(body: Element): void {
  const opened = new Set<string>();
  for (const element of elementsIn(body)) {
    if (attributeOf(element, "aria-expanded") === null || !isShown(element)) continue;
    for (const id of (attributeOf(element, "aria-controls") ?? "").split(/\s+/)) if (id) opened.add(id);
  }
  keepShown(body, { isTiny: false, colour: null, background: WHITE }, opened);
}

function keepShown(element: Element, look: Look, opened: ReadonlySet<string>): void {
  const isUnread =
    look.isTiny || (look.colour !== null && look.background !== null && isNear(look.colour, look.background));
  element.childNodes = element.childNodes.filter((node) => {
    if (isText(node)) return !isUnread;
    if (!isElement(node)) return false;
    if (node.tagName === "button" && isTitle(node)) node.tagName = "span";
    if (NOT_READ.has(node.tagName)) return false;
    const inner = lookOf(node, look, opened);
    if (inner) keepShown(node, inner, opened);
    return inner !== null;
  });
}

/** What opens a panel is the title of it. */
const isTitle = (button: Element): boolean =>
  attributeOf(button, "aria-expanded") !== null && attributeOf(button, "aria-controls") !== null;

/** Null for what is not shown. */
function lookOf(element: Element, outer: Look, opened: ReadonlySet<string>): Look | null {
  const isOpened = opened.size > 0 && opened.has(attributeOf(element, "id") ?? "");
  if (isOpened) element.attrs = element.attrs.filter(({ name }) => !HIDING_ATTRIBUTES.has(name));
  if (!isShown(element) || attributeOf(element, "aria-hidden") === "true") return null;
  if (namesOf(element).some((name) => UNSEEN_NAMES.has(name))) return null;
  const style = attributeOf(element, "style");
  const written = attributeOf(element, "color");
  const behind = attributeOf(element, "bgcolor");
  if (style === null && written === null && behind === null) return outer;
  const declared = declarationsOf(style ?? "");
  if (isAway(declared)) return null;
  const look = { ...outer };
  const size = declared.get("font-size");
  if (size !== undefined) look.isTiny = isNothing(size);
  const colour = declared.get("color") ?? written;
  if (colour) look.colour = toColour(colour);
  const background = declared.get("background-color") ?? declared.get("background") ?? behind;
  if (background) look.background = toColour(background);
  return look;
}

function declarationsOf(style: string): Map<string, string> {
  const declared = new Map<string, string>();
  for (const declaration of style
    .replace(/\/\*[^*]*\*\//g, "")
    .slice(0, 4_000)
    .split(";")) {
    const colon = declaration.indexOf(":");
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).replace(/!\s*important/i, "");
    declared.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return declared;
}

/** 0, and what is too small to be read: less than 2 pixels. */
function isNothing(length: string): boolean {
  const [, number, unit] = /^(-?[\d.]+)(px|pt|em|rem|%|)$/.exec(length) ?? [];
  if (number === undefined) return false;
  return Number(number) <= (unit === "px" || unit === "pt" ? 1.5 : unit === "%" ? 5 : 0.05);
}

function isAway(declared: ReadonlyMap<string, string>): boolean {
  const of = (name: string) => declared.get(name) ?? "";
  if (/^none\b/.test(of("display")) || /^(hidden|collapse)\b/.test(of("visibility"))) return true;
  if (of("content-visibility") === "hidden" || isTransparent(of("opacity"))) return true;
  const isPlaced = /^(absolute|fixed|relative)$/.test(of("position"));
  if (isPlaced && ["left", "top", "right", "bottom"].some((side) => isFarOff(of(side)))) return true;
  if (["text-indent", "margin", "margin-left", "margin-top"].some((name) => isFarOff(of(name)))) return true;
  if (/^rect\(\s*(0|1px)\D/.test(of("clip")) || /inset\(\s*(50|[6-9]\d|100)%|circle\(\s*0/.test(of("clip-path")))
    return true;
  if (
    /scale[xy]?\(\s*0?\.?0+[1-9]?\s*[,)]/.test(of("transform")) ||
    /translate[xy]?\(\s*-(\d{3,}px|\d{2,}(em|rem|vw)|[1-9]\d{2,}%)/.test(of("transform"))
  )
    return true;
  const isCut = /hidden|clip/.test(of("overflow"));
  return isCut && ["height", "width", "max-height", "max-width"].some((name) => /^[01](px)?$/.test(of(name)));
}

const isTransparent = (opacity: string): boolean => {
  const value = Number.parseFloat(opacity) / (opacity.endsWith("%") ? 100 : 1);
  return value <= 0.05;
};

function isFarOff(length: string): boolean {
  const [, number, unit] = /(?:^|\s)-([\d.]+)(px|pt|em|rem|vw|vh|%)?/.exec(length) ?? [];
  if (number === undefined) return false;
  const isOfPage = unit === "vw" || unit === "vh" || unit === "%";
  const pixels = Number(number) * (unit === "em" || unit === "rem" ? PIXELS_PER_EM : 1);
  return isOfPage ? Number(number) >= 100 : pixels >= PIXELS_AWAY;
}
