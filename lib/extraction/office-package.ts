import { type Extraction, ExtractionError, type ReadingLimits, type WarningCode } from "./extraction.ts";
import { type Archive, openArchive } from "./zip.ts";

const OLE_SIGNATURE = Buffer.from("d0cf11e0a1b11ae1", "hex");
/** [MS-CFB] 2.6.1: an entry of the directory is 128 bytes, its name first, the length of its name at 64, its type at 66. */
const OLE_ENTRY_BYTES = 128;
const OLE_STREAM = 2;

/** Opens an Office or OpenDocument file: `password_needed` for an encrypted one, `legacy_office` for those of before 2007. */
export async function openOfficePackage(bytes: Uint8Array, limits: ReadingLimits): Promise<Archive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, OLE_SIGNATURE.length).equals(OLE_SIGNATURE)) {
    throw new ExtractionError(hasOleStream(buffer, "EncryptedPackage") ? "password_needed" : "legacy_office");
  }
  return openArchive(bytes, limits);
}

function hasOleStream(buffer: Buffer, name: string): boolean {
  const written = Buffer.from(`${name}\0`, "utf16le");
  for (let at = buffer.indexOf(written); at !== -1; at = buffer.indexOf(written, at + 1)) {
    const isEntry = at % OLE_ENTRY_BYTES === 0 && at + OLE_ENTRY_BYTES <= buffer.length;
    if (isEntry && buffer.readUInt16LE(at + 64) === written.length && buffer[at + 66] === OLE_STREAM) return true;
  }
  return false;
}

const MACROS = /(^|\/)vbaProject\.bin$|^(Basic|Scripts)\/.*\.(xml|xlb|py|js|bsh)$/i;
const IMAGES = /^(word|ppt|xl|Pictures|media)\/.*\.(png|jpe?g|gif|bmp|tiff?|webp|emf|wmf|svg)$/i;

export function macroWarnings(archive: Archive): WarningCode[] {
  return archive.names.some((name) => MACROS.test(name)) ? ["macros_ignored"] : [];
}

export function hasImages(archive: Archive): boolean {
  return archive.names.some((name) => IMAGES.test(name));
}

/** A document that is only images is one to recognise; one without anything has no text. */
export function withoutText(archive: Archive, warnings: Set<WarningCode>): Omit<Extraction, "type" | "language"> {
  if (!hasImages(archive)) throw new ExtractionError("no_text");
  return {
    pages: [{ kind: "section", label: null, text: "", needsRecognition: true }],
    outline: [],
    warnings: [...warnings, "pages_without_text"],
  };
}

/** A part the document can do without: when it cannot be read, `warnings` says so and the rest is read. */
export async function readSparePart(warnings: Set<WarningCode>, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof ExtractionError) || error.code !== "damaged") throw error;
    warnings.add("damaged_parts");
  }
}
