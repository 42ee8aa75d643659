import { cleanLine } from "./clean-text.ts";
import { type Block, blocksLine, blocksMarkdown } from "./document-blocks.ts";
import { type Extraction, ExtractionError, type Page, type WarningCode } from "./extraction.ts";

export type Slide = {
  title: string;
  body: Block[];
  footer: string;
  notes: Block[];
  comments: string[];
  isHidden: boolean;
  hasPicture: boolean;
};

/** A slide as a page: its title as a heading, its text, then what is said beside it. */
export function slidePage(slide: Slide): Page {
  const title = cleanLine(slide.title);
  const blocks: Block[] = title === "" ? [] : [{ kind: "heading", level: 1, text: title }];
  for (const block of slide.body) blocks.push(block);
  const addAside = (text: string) => text !== "" && blocks.push({ kind: "paragraph", text });
  addAside(slide.footer);
  for (const comment of slide.comments) addAside(comment);
  if (blocksLine(slide.notes) !== "") {
    blocks.push({ kind: "paragraph", text: "Notes :" });
    for (const block of slide.notes) blocks.push(block);
  }
  const isEmpty = blocks.length === 0;
  // Said first, under the title: what follows is not shown to the public.
  if (slide.isHidden) blocks.splice(title === "" ? 0 : 1, 0, { kind: "paragraph", text: "⟨diapositive masquée⟩" });
  const page: Page = { kind: "slide", label: title === "" ? null : title.slice(0, 200), text: blocksMarkdown(blocks) };
  return isEmpty && slide.hasPicture ? { ...page, needsRecognition: true } : page;
}

/** The pages of a presentation; it has `no_text` when it is blank, and is `damaged` when nothing of it can be read. */
export function presentation(pages: Page[], warnings: Set<WarningCode>): Omit<Extraction, "type" | "language"> {
  if (areBlank(pages)) throw new ExtractionError(warnings.has("damaged_parts") ? "damaged" : "no_text");
  if (pages.some((page) => page.needsRecognition)) warnings.add("pages_without_text");
  const outline = pages.flatMap(({ label }, page) => (label === null ? [] : [{ title: label, level: 1, page }]));
  return { pages, outline, warnings: [...warnings] };
}

/** True when the pages say nothing: neither a text, nor a picture that may hold one. */
function areBlank(pages: readonly Page[]): boolean {
  return pages.every((page) => page.text.replace("⟨diapositive masquée⟩", "") === "" && !page.needsRecognition);
}
