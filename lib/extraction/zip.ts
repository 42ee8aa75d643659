import { crc32 } from "node:zlib";
import { type Entry, fromBufferPromise, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import { ExtractionError, type ReadingLimits } from "./extraction.ts";

const ENTRIES_MAX = 20_000;
/** Past this size, a part that deflates better than any document does is a bomb: deflate stops at 1 032. */
const RATIO_CHECKED_FROM_BYTES = 20_000_000;
const RATIO_MAX = 500;
const ZIP_ENCRYPTED_FLAG = 0x1;

/** The parts of an archive, by name. Names are keys and never paths; an archive inside it stays closed. */
export type Archive = {
  names: readonly string[];
  has(name: string): boolean;
  /** Inflates a part bit by bit. Fails with `damaged`, `password_needed`, or `too_large_inside` as soon as it is too much. */
  stream(name: string): AsyncGenerator<Uint8Array, void>;
  /** Needed when it was opened where it is. */
  close(): void;
};

type ArchiveLimits = Pick<ReadingLimits, "inflatedBytesMax"> & { entriesMax?: number };

/**
 * Opens a zip archive: its bytes, or where they are. What all its parts give, read once or more, counts against
 * `inflatedBytesMax`.
 */
export async function openArchive(
  source: Uint8Array | { path: string },
  { inflatedBytesMax, entriesMax = ENTRIES_MAX }: ArchiveLimits,
): Promise<Archive> {
  if (!("path" in source) && source.length === 0) throw new ExtractionError("empty_file");
  const zip = await openZip(source);
  const entries = await listEntries(zip, entriesMax);
  let inflatedBytes = 0;

  async function* stream(name: string): AsyncGenerator<Uint8Array, void> {
    const entry = entries.get(keyOf(name))?.entry;
    if (!entry) throw new ExtractionError("damaged");
    if (entry.generalPurposeBitFlag & ZIP_ENCRYPTED_FLAG) throw new ExtractionError("password_needed");
    let partBytes = 0;
    let checksum = 0;
    for await (const chunk of inflate(zip, entry)) {
      partBytes += chunk.length;
      inflatedBytes += chunk.length;
      const isBomb = partBytes > RATIO_CHECKED_FROM_BYTES && partBytes > RATIO_MAX * entry.compressedSize;
      if (isBomb || inflatedBytes > inflatedBytesMax) throw new ExtractionError("too_large_inside");
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    if (checksum !== entry.crc32) throw new ExtractionError("damaged");
  }

  return {
    names: [...entries.values()].map((part) => part.name),
    has: (name) => entries.has(keyOf(name)),
    stream,
    close: () => zip.close(),
  };
}

/** Errors of the archive reader quote the archive: none of them is kept as a cause. */
async function openZip(source: Uint8Array | { path: string }): Promise<ZipFile> {
  const options = { lazyEntries: true, decodeStrings: false, autoClose: false };
  try {
    if ("path" in source) return await openPromise(source.path, options);
    const { buffer, byteOffset, byteLength } = source;
    return await fromBufferPromise(Buffer.from(buffer, byteOffset, byteLength), options);
  } catch {
    throw new ExtractionError("damaged");
  }
}

async function listEntries(zip: ZipFile, entriesMax: number): Promise<Map<string, { name: string; entry: Entry }>> {
  if (zip.entryCount > entriesMax) {
    zip.close();
    throw new ExtractionError("too_large_inside");
  }
  const entries = new Map<string, { name: string; entry: Entry }>();
  try {
    for await (const entry of zip.eachEntry()) {
      const raw = Buffer.from(entry.fileNameRaw);
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
      // Of two parts of the same name the first is read, whatever the second wants to hide.
      if (!entries.has(keyOf(name))) entries.set(keyOf(name), { name, entry });
    }
  } catch {
    zip.close();
    throw new ExtractionError("damaged");
  }
  return entries;
}

async function* inflate(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk;
  } catch {
    throw new ExtractionError("damaged");
  }
}

/** Office names are case-insensitive, and some writers use `\` or a leading `/`. */
function keyOf(name: string): string {
  return name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();
}
