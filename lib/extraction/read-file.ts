import { detectType } from "./detect-type.ts";
import {
  type Extraction,
  ExtractionError,
  type FileType,
  type Page,
  type Reader,
  type ReadingOptions,
} from "./extraction.ts";
import { guessLanguage } from "./language.ts";

/** Loaded when it is needed: a process that reads a text never holds what reads PDF. */
const READERS: Record<FileType, () => Promise<Reader>> = {
  pdf: async () => (await import("./pdf.ts")).readPdf,
  docx: async () => (await import("./docx.ts")).readDocx,
  odt: async () => (await import("./odt.ts")).readOdt,
  pptx: async () => (await import("./pptx.ts")).readPptx,
  odp: async () => (await import("./odp.ts")).readOdp,
  xlsx: async () => (await import("./xlsx.ts")).readXlsx,
  ods: async () => (await import("./ods.ts")).readOds,
  rtf: async () => (await import("./rtf.ts")).readRtf,
  csv: async () => (await import("./csv.ts")).readCsv,
  txt: async () => (await import("./plain-text.ts")).readPlainText,
  md: async () => (await import("./plain-text.ts")).readMarkdown,
  html: async () => (await import("./html.ts")).readHtml,
  eml: async () => (await import("./eml.ts")).readEml,
  jpeg: async () => (await import("./image.ts")).readImage,
  png: async () => (await import("./image.ts")).readImage,
  webp: async () => (await import("./image.ts")).readImage,
  gif: async () => (await import("./image.ts")).readImage,
};

const LANGUAGE_CHARACTERS = 60_000;

/** Reads a file of any known type. Every failure is an ExtractionError. */
export async function readFile(bytes: Uint8Array, fileName: string, options: ReadingOptions): Promise<Extraction> {
  try {
    const type = await detectType(bytes, fileName);
    const reader = await READERS[type]();
    const read = await reader(bytes, options);
    requireContent(read.pages, options);
    return { type, ...read, language: guessLanguage(beginningOf(read.pages)) };
  } catch (error) {
    throw error instanceof ExtractionError ? error : new ExtractionError(failureOf(error), { cause: error });
  }
}

function requireContent(pages: readonly Page[], { limits }: ReadingOptions): void {
  if (pages.length > limits.pagesMax) throw new ExtractionError("too_many_pages");
  const characters = pages.reduce((total, { text }) => total + text.length, 0);
  if (characters > limits.charactersMax) throw new ExtractionError("too_large_inside");
  // A table of empty cells, or a list of titles without a word, has no text either.
  if (!pages.some(({ text, needsRecognition }) => needsRecognition || /[\p{L}\p{N}]/u.test(text)))
    throw new ExtractionError("no_text");
}

/** Text of a file is never in a message: only the kind of failure goes on. */
function failureOf(error: unknown): "too_large_inside" | "too_much_memory" | "unexpected" {
  if (error instanceof RangeError && /call stack|string length|array length/i.test(error.message))
    return error.message.includes("call stack") ? "too_large_inside" : "too_much_memory";
  return "unexpected";
}

function beginningOf(pages: readonly Page[]): string {
  let text = "";
  for (const page of pages) {
    if (text.length >= LANGUAGE_CHARACTERS) break;
    text += `${page.text.slice(0, LANGUAGE_CHARACTERS)}\n`;
  }
  return text;
}
