import type { WebContentType } from "./schema";

const NAMED: ReadonlyMap<string, WebContentType> = new Map([
  ["text/html", "html"],
  ["application/xhtml+xml", "html"],
  ["text/plain", "text"],
  ["text/markdown", "markdown"],
  ["text/x-markdown", "markdown"],
  ["application/pdf", "pdf"],
  ["application/x-pdf", "pdf"],
  ["application/json", "json"],
  ["text/json", "json"],
  ["application/xml", "xml"],
  ["text/xml", "xml"],
]);
/** What servers say of a file that they do not know. */
const UNSAID = [
  "application/octet-stream",
  "binary/octet-stream",
  "application/force-download",
  "application/x-download",
];
const PDF_MAGIC_WITHIN = 1_024;
const SNIFFED_BYTES = 4_096;

/**
 * What a `Content-Type` says. `type` is null for a kind of file that is not read, and `unsaid` when only the bytes can tell:
 * no header (`anything` may be recognised), or a header that says nothing (a PDF alone may be).
 */
export type DeclaredType = {
  type: WebContentType | null | "unsaid";
  charset: string | null;
  recognise: "anything" | "pdf";
};

export function readContentType(header: string | undefined): DeclaredType {
  const [mime = "", ...parameters] = (header ?? "").split(";").map((part) => part.trim().toLowerCase());
  const charset = charsetOf(parameters);
  if (mime === "") return { type: "unsaid", charset, recognise: "anything" };
  if (UNSAID.includes(mime)) return { type: "unsaid", charset, recognise: "pdf" };
  return { type: NAMED.get(mime) ?? typeOfSuffix(mime), charset, recognise: "pdf" };
}

function typeOfSuffix(mime: string): WebContentType | null {
  if (!mime.startsWith("application/")) return null;
  if (mime.endsWith("+json")) return "json";
  return mime.endsWith("+xml") ? "xml" : null;
}

function charsetOf(parameters: string[]): string | null {
  const [, value = ""] =
    parameters.map((parameter) => /^charset\s*=\s*"?([^"\s]*)/.exec(parameter)).find(Boolean) ?? [];
  return /^[a-z0-9_:.-]{1,40}$/.test(value) ? value : null;
}

/** A reader of PDF allows something before the mark, and so do browsers. */
export const isPdf = (bytes: Uint8Array): boolean => latin1(bytes.subarray(0, PDF_MAGIC_WITHIN)).includes("%PDF-");

/** The type of bytes that came without one; null when they are not plainly one that is read. */
export function recogniseType(bytes: Uint8Array): WebContentType | null {
  if (isPdf(bytes)) return "pdf";
  const start = latin1(bytes.subarray(0, SNIFFED_BYTES))
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  if (/^(<!--.*?-->\s*)?<(!doctype html|html|head|body)[\s>]/is.test(start)) return "html";
  if (/^<\?xml\s/i.test(start)) return "xml";
  return isPlainText(bytes.subarray(0, SNIFFED_BYTES)) ? "text" : null;
}

function isPlainText(bytes: Uint8Array): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text has none of them
  if (bytes.length === 0 || /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(latin1(bytes))) return false;
  try {
    // Streaming: the last character may be cut.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false; // not UTF-8, and no header says what it is
  }
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
