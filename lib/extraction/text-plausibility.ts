const SAMPLE_BYTES = 65_536;
/** Controls that no text has, in any encoding that keeps ASCII: all below space but tab, line feeds, form feed, DOS end, escape. */
const isBinaryControl = (byte: number): boolean =>
  byte < 0x20 && ![0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b].includes(byte);

export type Utf16Order = "utf-16le" | "utf-16be";

/** UTF-16 without a mark: in Latin scripts every other byte is nearly always NUL, and the others never are. */
export function guessUtf16(bytes: Uint8Array): Utf16Order | null {
  const sample = bytes.subarray(0, 4_096 & ~1);
  if (sample.length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const pairs = Math.floor(sample.length / 2);
  if (odd > pairs * 0.4 && even === 0) return "utf-16le";
  if (even > pairs * 0.4 && odd === 0) return "utf-16be";
  return null;
}

const hasByteOrderMark = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) ||
  (bytes[0] === 0xfe && bytes[1] === 0xff) ||
  (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);

/** False for binary noise. Looks at the beginning, the middle and the end: an archive may begin with a readable header. */
export function isPlausibleText(bytes: Uint8Array): boolean {
  const utf16 = bytes[0] === 0xff || bytes[0] === 0xfe ? hasByteOrderMark(bytes) : guessUtf16(bytes) !== null;
  if (utf16) return isPlausibleUtf16(bytes);
  let controls = 0;
  let seen = 0;
  for (const part of samples(bytes)) {
    for (const byte of part) if (isBinaryControl(byte)) controls += 1;
    seen += part.length;
  }
  // A stray control is forgiven; several in a few hundred bytes are not.
  return controls <= Math.max(1, seen * 0.002);
}

function* samples(bytes: Uint8Array): Generator<Uint8Array> {
  if (bytes.length <= SAMPLE_BYTES * 3) {
    yield bytes;
    return;
  }
  const middle = Math.floor(bytes.length / 2);
  yield bytes.subarray(0, SAMPLE_BYTES);
  yield bytes.subarray(middle, middle + SAMPLE_BYTES);
  yield bytes.subarray(bytes.length - SAMPLE_BYTES);
}

function isPlausibleUtf16(bytes: Uint8Array): boolean {
  const isBig = bytes[0] === 0xfe || guessUtf16(bytes) === "utf-16be";
  const text = new TextDecoder(isBig ? "utf-16be" : "utf-16le").decode(bytes.subarray(0, SAMPLE_BYTES));
  let odd = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code < 0x20 && isBinaryControl(code)) || code === 0xfffd || (code >= 0xe000 && code < 0xf900)) odd += 1;
  }
  return odd <= text.length * 0.01;
}
