import { ExtractionError, type Page, type Reader, type WarningCode } from "./extraction.ts";
import { withPdf } from "./pdf-document.ts";
import { knowFurniture } from "./pdf-furniture.ts";
import { readOutline } from "./pdf-outline.ts";
import { type Looks, type PageContent, readPage } from "./pdf-page.ts";
import { closeStreams, lacksPageCount } from "./pdf-repair.ts";
import { toPlacedText } from "./pdf-text.ts";

/** Pages are laid out this many at a time, once the size of their text and their headers are known. */
const PAGES_TOGETHER = 64;

const NO_HEADING = Number.POSITIVE_INFINITY;

/** The pages of a PDF as Markdown, each piece of text with its place. */
export const readPdf: Reader = async (bytes, options) => {
  if (lacksPageCount(bytes)) throw new ExtractionError("damaged");
  try {
    return await read(bytes, options);
  } catch (cause) {
    const closed = cause instanceof ExtractionError && cause.code === "damaged" ? closeStreams(bytes) : null;
    if (!closed) throw cause;
    const { warnings, ...extraction } = await read(closed, options);
    return { ...extraction, warnings: [...new Set([...warnings, "damaged_parts" as const])] };
  }
};

const read: Reader = (bytes, { limits, password }) =>
  withPdf(bytes, password, async (document) => {
    if (document.numPages > limits.pagesMax) throw new ExtractionError("too_many_pages");
    const labels = await document.getPageLabels().catch(() => null);
    const looks: Looks = { withoutText: [], withFewWords: [] };
    const layout = startLayout(labels);
    const warnings = new Set<WarningCode>();
    let charactersLeft = limits.charactersMax;
    let damaged = 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      try {
        const content = await readPage(await document.getPage(number), charactersLeft, looks);
        charactersLeft -= content.characters;
        if (content.isFilled) warnings.add("forms_filled");
        layout.add(content);
      } catch (cause) {
        if (cause instanceof ExtractionError) throw cause;
        damaged += 1;
        layout.add(null);
      }
    }
    const pages = layout.end();
    if (pages.some(({ needsRecognition }) => needsRecognition)) warnings.add("pages_without_text");
    else if (pages.every(({ text }) => text === "")) throw new ExtractionError(damaged > 0 ? "damaged" : "no_text");
    if (damaged > 0) warnings.add("damaged_parts");
    return { pages, outline: await readOutline(document), warnings: [...warnings] };
  });

/** Takes pages one by one, and puts their text in order when enough of them are known. */
function startLayout(labels: readonly string[] | null) {
  const pages: Page[] = [];
  const furniture = knowFurniture();
  const charactersOfSize = new Map<number, number>();
  let waiting: (PageContent | null)[] = [];

  function learn(content: PageContent): void {
    furniture.learn(content);
    for (const { size, text } of content.pieces) {
      const rounded = Math.round(size * 2) / 2;
      charactersOfSize.set(rounded, (charactersOfSize.get(rounded) ?? 0) + text.length);
    }
  }

  function layOut(): void {
    const [bodySize = 0] = [...charactersOfSize].reduce((most, next) => (next[1] > most[1] ? next : most), [0, 0]);
    for (const content of waiting) pages.push(toPage(content, bodySize, labels?.[pages.length] ?? null));
    waiting = [];
  }

  function toPage(content: PageContent | null, bodySize: number, label: string | null): Page {
    if (!content) return { kind: "page", label, text: "" };
    const { width, height } = content;
    const { body, repeated } = furniture.sort(content);
    const { text, runs } = toPlacedText(body, bodySize);
    return {
      kind: "page",
      label,
      text: [text, ...content.comments].filter((part) => part !== "").join("\n\n"),
      size: { width, height },
      runs,
      ...(repeated.length > 0 ? { furniture: toPlacedText(repeated, NO_HEADING).text } : {}),
      ...(content.needsRecognition ? { needsRecognition: true } : {}),
    };
  }

  return {
    add(content: PageContent | null): void {
      if (content) learn(content);
      waiting.push(content);
      if (waiting.length >= PAGES_TOGETHER) layOut();
    },
    end(): Page[] {
      layOut();
      return pages;
    },
  };
}
