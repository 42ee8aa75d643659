const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const NAMES_MAX = 20_000;

export type ZipEntryName = { name: string; offset: number };

/**
 * The names in the directory of a ZIP (at most 20,000), and where each entry begins; null when it has no directory that can be
 * read. Nothing is inflated.
 */
export function listZipNames(bytes: Uint8Array): ZipEntryName[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const names: ZipEntryName[] = [];
  const decoder = new TextDecoder();
  let at = view.getUint32(end + 16, true);
  while (names.length < NAMES_MAX && at + 46 <= end && view.getUint32(at, true) === DIRECTORY_ENTRY) {
    const nameBytes = view.getUint16(at + 28, true);
    const next = at + 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) break;
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    names.push({ name, offset: view.getUint32(at + 42, true) });
    at = next;
  }
  return names.length > 0 ? names : null;
}

function findEnd(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = view.byteLength - END_BYTES; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  return null;
}

/** What a small entry holds when it is stored as it is, as the `mimetype` of an OpenDocument must be; null otherwise. */
export function readStoredEntry(bytes: Uint8Array, { offset }: ZipEntryName, bytesMax: number): string | null {
  if (offset + 30 > bytes.byteLength) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const method = view.getUint16(offset + 8, true);
  const size = view.getUint32(offset + 18, true);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (method !== 0 || size > bytesMax) return null;
  return new TextDecoder().decode(bytes.subarray(start, start + size));
}
