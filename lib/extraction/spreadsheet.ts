import { type Extraction, ExtractionError, type Page, type WarningCode } from "./extraction.ts";
import { hasImages } from "./office-package.ts";
import type { Archive } from "./zip.ts";

/** The pages of a spreadsheet; it has `no_text` when all are blank, unless there are images that may hold some. */
export function spreadsheet(
  pages: Page[],
  archive: Archive,
  warnings: Set<WarningCode>,
): Omit<Extraction, "type" | "language"> {
  if (pages.every(({ text }) => /^(⟨feuille masquée⟩)?$/.test(text))) {
    if (warnings.has("damaged_parts")) throw new ExtractionError("damaged");
    const [first] = pages;
    if (!first || !hasImages(archive)) throw new ExtractionError("no_text");
    first.needsRecognition = true;
    warnings.add("pages_without_text");
  }
  const outline = pages.map(({ label }, page) => ({ title: label ?? "", level: 1, page }));
  return { pages, outline, warnings: [...warnings] };
}
