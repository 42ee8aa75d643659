import { type Element, elementsIn, textIn } from "./article-tree.ts";
import { attributeOf } from "./html-visibility.ts";

/** What a page says of itself to programs: its `<meta>`, its JSON-LD. Nothing of it is trusted: it is only text. */
export type PageData = {
  title: string | null;
  meta: ReadonlyMap<string, string>;
  /** The objects of its JSON-LD, wherever they are nested. */
  things: readonly Thing[];
};

export type Thing = Readonly<Record<string, unknown>>;

const JSON_CHARACTERS_MAX = 500_000;
const THINGS_MAX = 500;
const META_MAX = 500;

/** To be asked before anything is taken away. */
export function dataOf(head: Element, body: Element): PageData {
  const meta = new Map<string, string>();
  const things: Thing[] = [];
  let title: string | null = null;
  for (const element of [...elementsIn(head), ...elementsIn(body)]) {
    if (element.tagName === "title" && title === null && element.parentNode === head) title = textIn(element);
    else if (element.tagName === "meta" && meta.size < META_MAX) addMeta(element, meta);
    else if (element.tagName === "script" && things.length < THINGS_MAX) addThings(element, things);
  }
  return { title, meta, things };
}

function addMeta(element: Element, meta: Map<string, string>): void {
  const name = attributeOf(element, "property") ?? attributeOf(element, "name") ?? attributeOf(element, "itemprop");
  const content = attributeOf(element, "content")?.trim();
  const key = name?.trim().toLowerCase();
  if (key && content && !meta.has(key)) meta.set(key, content.slice(0, 2_000));
}

function addThings(script: Element, things: Thing[]): void {
  if (attributeOf(script, "type")?.trim().toLowerCase() !== "application/ld+json") return;
  const text = textIn(script).replace(/^\s*(<!--|\/\/<!\[CDATA\[|<!\[CDATA\[)|(-->|\/\/\]\]>|\]\]>)\s*$/g, "");
  if (text.length > JSON_CHARACTERS_MAX) return;
  let waiting: unknown[];
  try {
    waiting = [JSON.parse(text)];
  } catch {
    return; // Written by hand, often: the page says the same elsewhere.
  }
  while (waiting.length > 0 && things.length < THINGS_MAX) {
    const value = waiting.shift();
    if (Array.isArray(value)) waiting.push(...value.slice(0, THINGS_MAX));
    else if (isThing(value)) {
      things.push(value);
      if (Array.isArray(value["@graph"])) waiting.push(...value["@graph"].slice(0, THINGS_MAX));
      for (const name of ["mainEntity", "mainEntityOfPage", "hasPart"]) waiting.push(value[name]);
    }
  }
}

export const isThing = (value: unknown): value is Thing =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The name of a person or of an organisation, as JSON-LD writes it; of several, all. */
export function nameOf(value: unknown): string | null {
  if (typeof value === "string") return /^https?:/i.test(value) ? null : value.trim() || null;
  if (Array.isArray(value))
    return (
      value
        .slice(0, 5)
        .flatMap((each) => nameOf(each) ?? [])
        .join(", ") || null
    );
  return isThing(value) && typeof value.name === "string" ? value.name.trim() || null : null;
}
