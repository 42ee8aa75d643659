import { fileTypeFromBuffer } from "file-type";
import { ExtractionError, type FileType } from "./extraction.ts";
import { extensionOf, isLegacyOffice, typeOfExtension } from "./file-extensions.ts";
import { isPlausibleText } from "./text-plausibility.ts";
import { listZipNames, readStoredEntry } from "./zip-names.ts";

/** What the content says it is. "other": a known type that is not read; "noise": neither text nor anything known. */
type Content =
  | FileType
  | "damaged_zip"
  | "zip"
  | "legacy"
  | "encrypted_office"
  | "ole"
  | "text"
  | "image"
  | "other"
  | "noise";

const TEXT_TYPES: readonly FileType[] = ["txt", "md", "csv", "html", "eml"];
const IMAGE_TYPES: readonly FileType[] = ["jpeg", "png", "webp", "gif"];
const ZIP_TYPES: readonly FileType[] = ["docx", "odt", "pptx", "odp", "xlsx", "ods"];
/** How far from its beginning a PDF may have its mark, as readers accept it. */
const PDF_MARK_WITHIN = 1_024;
const OLE_MARK = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/**
 * The type of a file, by content and extension together. Throws an ExtractionError: `empty_file`, `unsupported_type`,
 * `legacy_office`, `type_mismatch`, `password_needed` (an encrypted Office document), `damaged` (noise under a known extension).
 */
export async function detectType(bytes: Uint8Array, fileName: string): Promise<FileType> {
  if (bytes.length === 0) throw new ExtractionError("empty_file");
  const extension = extensionOf(fileName);
  return reconcile(await contentOf(bytes), typeOfExtension(extension), extension);
}

function reconcile(content: Content, expected: FileType | null, extension: string): FileType {
  switch (content) {
    case "encrypted_office":
      throw new ExtractionError("password_needed");
    case "legacy":
      throw new ExtractionError("legacy_office");
    case "ole":
      throw new ExtractionError(isLegacyOffice(extension) ? "legacy_office" : unlike(expected));
    case "text":
      if (expected && TEXT_TYPES.includes(expected)) return expected;
      // A name without extension, such as LISEZMOI.
      if (extension === "") return "txt";
      throw new ExtractionError(unlike(expected));
    case "damaged_zip":
      // Its reader says how far it can be read.
      if (expected && ZIP_TYPES.includes(expected)) return expected;
      throw new ExtractionError(unlike(expected));
    case "image":
      // A photograph that a telephone named .jpg: it is its type that is not read.
      throw new ExtractionError(expected && IMAGE_TYPES.includes(expected) ? "unsupported_type" : unlike(expected));
    case "zip":
    case "other":
      throw new ExtractionError(unlike(expected));
    case "noise":
      if (isLegacyOffice(extension)) throw new ExtractionError("legacy_office");
      throw new ExtractionError(!expected || TEXT_TYPES.includes(expected) ? "unsupported_type" : "damaged");
    default:
      if (agrees(content, expected, extension)) return content;
      throw new ExtractionError("type_mismatch");
  }
}

const unlike = (expected: FileType | null) => (expected ? "type_mismatch" : "unsupported_type");

function agrees(content: FileType, expected: FileType | null, extension: string): boolean {
  if (expected === content) return true;
  // Word itself opens both under this name.
  if (extension === "doc") return content === "rtf" || content === "docx";
  if (extension === "xls") return content === "xlsx";
  if (extension === "ppt") return content === "pptx";
  // Not an extension we know, as in « note du 12.03 »: the content is what it is.
  if (!expected) return !PROGRAMS.has(extension);
  return IMAGE_TYPES.includes(expected) && IMAGE_TYPES.includes(content);
}

/** Nothing whose name asks to be run is taken for a document. */
const PROGRAMS = new Set("exe com scr bat cmd msi dll js vbs ps1 sh jar app apk lnk hta".split(" "));

async function contentOf(bytes: Uint8Array): Promise<Content> {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06]))
    return contentOfZip(bytes);
  if (startsWith(bytes, OLE_MARK)) return contentOfOle(bytes);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PDF_MARK_WITHIN)).toString("latin1");
  if (/^[\s\u00ef\u00bb\u00bf]*%PDF-/.test(head)) return "pdf";
  if (/^[\s\u00ef\u00bb\u00bf]*\{\\rtf/.test(head)) return "rtf";
  if (isPlausibleText(bytes)) return "text";
  const found = await fileTypeFromBuffer(bytes.subarray(0, 65_536)).catch(() => undefined);
  if (!found) return head.includes("%PDF-") || looksLikePdf(bytes) ? "pdf" : "noise";
  return contentOfFound(found);
}

function contentOfFound({ ext, mime }: { ext: string; mime: string }): Content {
  switch (ext) {
    case "jpg":
      return "jpeg";
    case "png":
    case "apng":
      return "png";
    case "webp":
    case "gif":
    case "pdf":
    case "rtf":
      return ext;
    default:
      return mime.startsWith("image/") ? "image" : "other";
  }
}

/** A PDF whose beginning was lost still has its objects. */
function looksLikePdf(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return file.includes("endobj") && (file.includes("startxref") || file.includes("/Type"));
}

const OPEN_DOCUMENT: Record<string, FileType> = {
  text: "odt",
  "text-template": "odt",
  presentation: "odp",
  "presentation-template": "odp",
  spreadsheet: "ods",
  "spreadsheet-template": "ods",
};

function contentOfZip(bytes: Uint8Array): Content {
  const entries = listZipNames(bytes);
  if (!entries) return "damaged_zip";
  const mimetype = entries.find(({ name }) => name === "mimetype");
  const declared = mimetype && readStoredEntry(bytes, mimetype, 200);
  const kind = declared?.trim().match(/^application\/vnd\.oasis\.opendocument\.([a-z-]+)$/)?.[1];
  if (declared) return (kind && Object.hasOwn(OPEN_DOCUMENT, kind) && OPEN_DOCUMENT[kind]) || "zip";
  if (!entries.some(({ name }) => name === "[Content_Types].xml")) return "zip";
  const has = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name));
  if (has(/^[/\\]?word[/\\]document\d*\.xml$/i)) return "docx";
  if (has(/^[/\\]?ppt[/\\]presentation\d*\.xml$/i)) return "pptx";
  if (has(/^[/\\]?xl[/\\]workbook\d*\.xml$/i)) return "xlsx";
  if (has(/^[/\\]?word[/\\]/i)) return "docx";
  return "zip";
}

function contentOfOle(bytes: Uint8Array): Content {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const hasStream = (name: string) => file.includes(Buffer.from(`${name}\0`, "utf16le"));
  if (hasStream("EncryptedPackage")) return "encrypted_office";
  if (["WordDocument", "Workbook", "Book", "PowerPoint Document"].some(hasStream)) return "legacy";
  return "ole";
}

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);
