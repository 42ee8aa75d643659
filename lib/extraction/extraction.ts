/** What files are read: the type is decided by content and extension together. */
export const FILE_TYPES = [
  "pdf",
  "docx",
  "odt",
  "rtf",
  "pptx",
  "odp",
  "xlsx",
  "ods",
  "csv",
  "txt",
  "md",
  "html",
  "eml",
  "jpeg",
  "png",
  "webp",
  "gif",
] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** A piece of text and where it is on its page, in points from the top left corner. */
export type TextRun = {
  /** Where its text begins in the text of the page, in UTF-16 units, and how long it is there. */
  start: number;
  length: number;
  x: number;
  y: number;
  width: number;
  height: number;
};

/** What a cell of a spreadsheet holds; a date is ISO 8601. */
export type Cell = string | number | boolean | null | { date: string };

/** A page of a PDF, a slide, a sheet; a document without pages is cut in sections. */
export type Page = {
  kind: "page" | "slide" | "sheet" | "section" | "image";
  /** The name of a sheet, the title of a slide or of a section, the printed number of a page. */
  label: string | null;
  /** Markdown: headings, lists, tables, footnotes; comments and tracked changes are marked. */
  text: string;
  /** Of a PDF only: size in points, and where each piece of `text` is. */
  size?: { width: number; height: number };
  runs?: TextRun[];
  /** Of a sheet only: its cells as they are, row by row. */
  cells?: Cell[][];
  /** Of a PDF only: its header and footer when an earlier page has the same; `text` is without them. */
  furniture?: string;
  /** There is something to see and no text: to be recognised as an image. */
  needsRecognition?: boolean;
};

export const WARNING_CODES = [
  "truncated",
  "pages_without_text",
  "forms_filled",
  "macros_ignored",
  "attachments_listed",
  "encoding_guessed",
  "damaged_parts",
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

export type Extraction = {
  type: FileType;
  pages: Page[];
  /** Titles of the document, with the place of their page in `pages`, from 0. */
  outline: { title: string; level: number; page: number }[];
  /** ISO 639-1, guessed; null when there is too little text. */
  language: string | null;
  warnings: WarningCode[];
};

/** Why a file is not read. Each has its sentence in French on the screen. */
export const EXTRACTION_FAILURES = [
  "unsupported_type",
  "legacy_office",
  "type_mismatch",
  "empty_file",
  "no_text",
  "password_needed",
  "password_wrong",
  "damaged",
  "too_large_inside",
  "too_many_pages",
  "too_long",
  "too_much_memory",
  "unexpected",
] as const;
export type ExtractionFailure = (typeof EXTRACTION_FAILURES)[number];

/** Thrown by a reader: `code` says why, and nothing of the file's content is in the message. */
export class ExtractionError extends Error {
  readonly code: ExtractionFailure;

  constructor(code: ExtractionFailure, options?: ErrorOptions) {
    super(code, options);
    this.name = "ExtractionError";
    this.code = code;
  }
}

/**
 * The code of an error of a reader; undefined for any other error. By its name: what Next bundles apart has a class of its own,
 * and the reading processes are shared by all.
 */
export function extractionCodeOf(error: unknown): ExtractionFailure | undefined {
  if (!(error instanceof Error) || error.name !== "ExtractionError" || !("code" in error)) return undefined;
  return EXTRACTION_FAILURES.find((known) => known === error.code);
}

/** How far a reader may go; what exceeds it fails with `too_large_inside` or `too_many_pages`. */
export type ReadingLimits = {
  pagesMax: number;
  /** All the parts of an archive together, once inflated. */
  inflatedBytesMax: number;
  charactersMax: number;
};

export const READING_LIMITS: ReadingLimits = {
  pagesMax: 5_000,
  inflatedBytesMax: 400_000_000,
  charactersMax: 20_000_000,
};

export type ReadingOptions = { limits: ReadingLimits; password?: string | undefined };

/** A reader of one type: bytes → pages. Runs in a process of its own, which may be killed at any time. */
export type Reader = (bytes: Uint8Array, options: ReadingOptions) => Promise<Omit<Extraction, "type" | "language">>;
