import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Extraction } from "./extraction.ts";
import { cleanText } from "./pdf-characters.ts";

const TITLES_MAX = 2_000;
const TITLE_CHARACTERS_MAX = 500;
const LEVEL_MAX = 9;

type Item = { title: string; dest: string | unknown[] | null; items: Item[] };

/** The bookmarks that lead to a page. One that leads nowhere is left out, what is below it is not. */
export async function readOutline(document: PDFDocumentProxy): Promise<Extraction["outline"]> {
  const items: Item[] = (await document.getOutline().catch(() => null)) ?? [];
  const outline: Extraction["outline"] = [];
  let met = 0;
  async function add(some: readonly Item[], level: number): Promise<void> {
    for (const item of some) {
      met += 1;
      if (met > TITLES_MAX) return;
      const title = cleanText(item.title).replace(/\s+/g, " ").trim().slice(0, TITLE_CHARACTERS_MAX);
      const page = await pageOf(document, item.dest);
      if (title !== "" && page !== null) outline.push({ title, level, page });
      if (level < LEVEL_MAX) await add(item.items, level + 1);
    }
  }
  await add(items, 1);
  return outline;
}

async function pageOf(document: PDFDocumentProxy, destination: Item["dest"]): Promise<number | null> {
  try {
    const explicit = typeof destination === "string" ? await document.getDestination(destination) : destination;
    const target: unknown = explicit?.[0];
    const index =
      typeof target === "number" ? target : await document.getPageIndex(target as { num: number; gen: number });
    return Number.isInteger(index) && index >= 0 && index < document.numPages ? index : null;
  } catch {
    return null; // a bookmark that leads nowhere is the document's own fault, and no reason not to read it
  }
}
