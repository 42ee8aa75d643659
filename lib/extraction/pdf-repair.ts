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

function nextStream(file: Buffer, from: number): number {
  for (let at = file.indexOf("stream", from); at >= 0; at = file.indexOf("stream", at + 6)) {
    const isEnd = file.subarray(at - 3, at).toString("latin1") === "end";
    if (!isEnd && STREAM.test(file.subarray(at, at + 8).toString("latin1"))) return at + 6;
  }
  return -1;
}
