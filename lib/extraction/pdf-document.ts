import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import { ExtractionError } from "./extraction.ts";

/*
 * pdf.js itself rather than through pdf-parse, whose document is private: what is needed is where each piece of text is, and
 * what else is on the page.
 */

const packageRoot = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
const folder = (name: string) => path.join(packageRoot, name) + path.sep;

/** Nothing is fetched: character maps (without which Japanese has no text), fonts and decoders are files of the package. */
const ownFiles = {
  cMapUrl: folder("cmaps"),
  cMapPacked: true,
  standardFontDataUrl: folder("standard_fonts"),
  wasmUrl: folder("wasm"),
  iccUrl: folder("iccs"),
  useWorkerFetch: false,
};

/** Nothing of the document is executed, neither its scripts nor what is compiled from its fonts and functions. */
const nothingRuns = { isEvalSupported: false, enableXfa: false };

const CLOSE_WAIT_MS = 2_000;

/**
 * Opens a PDF, does something with it and closes it. A copy of the bytes is made, since pdf.js takes those it is given.
 * Fails with `empty_file`, `password_needed`, `password_wrong` or `damaged`.
 */
export async function withPdf<T>(
  bytes: Uint8Array,
  password: string | undefined,
  use: (document: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  if (bytes.byteLength === 0) throw new ExtractionError("empty_file");
  const opening = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    ...(password === undefined ? {} : { password }),
    ...ownFiles,
    ...nothingRuns,
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: 0,
  });
  try {
    return await use(await opening.promise);
  } catch (cause) {
    throw toExtractionError(cause, password);
  } finally {
    await closed(opening);
  }
}

/** Waits for the document to close, but not for ever: what was read, or why it was not, is known already. */
async function closed(opening: pdfjs.PDFDocumentLoadingTask): Promise<void> {
  const late = new AbortController();
  const closing = opening.destroy().catch(() => {}); // nothing is left to lose
  await Promise.race([closing, wait(CLOSE_WAIT_MS, undefined, { signal: late.signal }).catch(() => {})]);
  late.abort();
}

function toExtractionError(cause: unknown, password: string | undefined): ExtractionError {
  if (cause instanceof ExtractionError) return cause;
  const name = cause instanceof Error ? cause.name : "";
  if (name === "PasswordException") return new ExtractionError(password ? "password_wrong" : "password_needed");
  // The message of pdf.js may quote the file: the cause stays behind.
  return new ExtractionError("damaged");
}
