const PAGES = "/Pages";
const TREE = /\/Type\s*\/Pages(?![A-Za-z])/;
const NAME_BEFORE = 24;
const STREAM = /stream\r?\n/;

/**
 * The same file where each stream that is not closed is closed, just before its object ends; null when all are. pdf.js gives up
 * a document whose page has such a stream; the places of its objects, which move, it finds again.
 */
export function closeStreams(bytes: Uint8Array): Uint8Array | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let kept = 0;
  for (let start = nextStream(file, 0); start >= 0; ) {
    const close = file.indexOf("endstream", start);
    const end = file.indexOf("endobj", start);
    if (end < 0) break;
    if (close < 0 || close > end) {
      parts.push(file.subarray(kept, end), Buffer.from("\nendstream\n"));
      kept = end;
    }
    start = nextStream(file, end);
  }
  if (parts.length === 0) return null;
  return Buffer.concat([...parts, file.subarray(kept)]);
}

/**
 * Whether the tree of pages does not say, as the format requires, how many there are. pdf.js then gives those it comes across,
 * and nobody can tell whether they are all. A tree that is compressed is not looked at.
 */
export function lacksPageCount(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = file.indexOf(PAGES); at >= 0; at = file.indexOf(PAGES, at + PAGES.length)) {
    if (!TREE.test(file.subarray(Math.max(0, at - NAME_BEFORE), at + PAGES.length + 1).toString("latin1"))) continue;
    const end = file.indexOf("endobj", at);
    const node = file.subarray(Math.max(0, file.lastIndexOf("obj", at)), end < 0 ? undefined : end);
    if (!node.includes("/Parent") && !node.includes("/Count")) return true;
  }
  return false;
}

function nextStream(file: Buffer, from: number): number {
  for (let at = file.indexOf("stream", from); at >= 0; at = file.indexOf("stream", at + 6)) {
    const isEnd = file.subarray(at - 3, at).toString("latin1") === "end";
    if (!isEnd && STREAM.test(file.subarray(at, at + 8).toString("latin1"))) return at + 6;
  }
  return -1;
}
