import { composeDocument } from "./compose.ts";
import type { ExportDocument } from "./document-model.ts";
import { writeMarkdown } from "./write-markdown.ts";
import type { DocumentFormat, WriteOrder } from "./write-order.ts";

/** Word processors and PDF are loaded when they are asked for. */
const WRITERS: Record<DocumentFormat, (document: ExportDocument) => Promise<Uint8Array>> = {
  docx: async (document) => (await import("./write-docx.ts")).writeDocx(document),
  odt: async (document) => (await import("./write-odt.ts")).writeOdt(document),
  pdf: async (document) => (await import("./write-pdf.ts")).writePdf(document),
  markdown: async (document) => new TextEncoder().encode(writeMarkdown(document)),
};

export const writeFile = (document: ExportDocument, format: DocumentFormat): Promise<Uint8Array> =>
  WRITERS[format](document);

/** In a process of its own: see `lib/extraction/reading-process.ts`. */
export const writeOrdered = ({ title, messages, format }: WriteOrder): Promise<Uint8Array> =>
  writeFile(composeDocument(title, messages), format);
