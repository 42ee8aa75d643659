import iconv from "iconv-lite";
import { guessUtf16 } from "./text-plausibility.ts";

export type DecodedText = {
  text: string;
  /** In lower case, such as "utf-8" or "windows-1252". */
  encoding: string;
  /** Nothing in the file says its encoding, and it is not plain UTF-8. */
  isGuessed: boolean;
};

const MARKS: [encoding: string, mark: number[]][] = [
  ["utf-32le", [0xff, 0xfe, 0x00, 0x00]],
  ["utf-32be", [0x00, 0x00, 0xfe, 0xff]],
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * Bytes → text. A byte order mark decides; then what is valid UTF-8 is UTF-8, whatever a declared one-byte charset says; then the
 * declared charset; then the one-byte encoding in which the letters look most like French.
 */
export function decodeText(bytes: Uint8Array, declared?: string | null): DecodedText {
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) {
      return { text: iconv.decode(bytes.subarray(mark.length), encoding), encoding, isGuessed: false };
    }
  }
  const utf16 = guessUtf16(bytes);
  if (utf16) return { text: iconv.decode(bytes, utf16), encoding: utf16, isGuessed: true };
  const charset = knownCharset(declared);
  if (charset && isMultibyte(charset))
    return { text: iconv.decode(bytes, charset), encoding: charset, isGuessed: false };
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== null) return { text: utf8, encoding: "utf-8", isGuessed: false };
  if (charset && charset !== "utf-8")
    return { text: iconv.decode(bytes, charset), encoding: charset, isGuessed: false };
  return (
    guessOneByte(bytes) ?? { text: iconv.decode(bytes, "windows-1252"), encoding: "windows-1252", isGuessed: true }
  );
}

function knownCharset(declared: string | null | undefined): string | null {
  const label = declared?.trim().toLowerCase() ?? "";
  // A document that declares UTF-16 in ASCII letters is not in UTF-16.
  if (!label || label.startsWith("utf-16") || !iconv.encodingExists(label)) return null;
  if (label === "utf8") return "utf-8";
  // As browsers do: the first holds all the letters of the others.
  return ["iso-8859-1", "latin1", "us-ascii", "ascii"].includes(label) ? "windows-1252" : label;
}

const isMultibyte = (charset: string): boolean =>
  /^(shift|sjis|ms_kanji|euc|gb|hz|big5|iso-2022|ks_|cp93[26]|cp949|windows-(31j|949|936)|korean|utf-7)/.test(charset);

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const text = new TextDecoder("utf-8").decode(bytes);
    // Cut in the middle of a letter, or one bad line among good ones.
    const bad = text.match(/\ufffd/g)?.length ?? 0;
    const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
    return good >= bad * 10 ? text : null;
  }
}

/** The first ones win a tie; the last one, of DOS, has to be much better than they are. */
const ONE_BYTE = [
  { encoding: "windows-1252", trust: 1 },
  { encoding: "iso-8859-15", trust: 1 },
  { encoding: "macintosh", trust: 0.9 },
  { encoding: "cp850", trust: 0.7 },
];
const SAMPLE_BYTES = 200_000;

function guessOneByte(bytes: Uint8Array): DecodedText {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const scored = ONE_BYTE.map(({ encoding, trust }) => ({
    encoding,
    score: frenchness(decodeAs(sample, encoding)) * trust,
  }));
  const { encoding } = scored.reduce((best, other) => (other.score > best.score ? other : best));
  return { text: decodeAs(bytes, encoding), encoding, isGuessed: true };
}

/** iconv-lite has the Mac Roman of before the euro. */
const decodeAs = (bytes: Uint8Array, encoding: string): string =>
  encoding === "macintosh" ? new TextDecoder("macintosh").decode(bytes) : iconv.decode(bytes, encoding);

/** How much the characters beyond ASCII look like those of a French text, by what stands on each side of them. */
function frenchness(text: string): number {
  let score = 0;
  for (const { 0: character, index } of text.matchAll(/[^\0-\x7f]/g)) {
    score += worth(character, text[index - 1] ?? " ", text[index + 1] ?? " ");
  }
  return score;
}

function worth(character: string, before: string, after: string): number {
  const isInWord = /[a-zà-ÿœ]/.test(before) || /[a-zà-ÿœ]/.test(after);
  const isLetterBefore = /[\p{L}\p{N}]/u.test(before);
  const isLetterAfter = /[\p{L}\p{N}]/u.test(after);
  switch (true) {
    case character === "€":
      return /[\d\s\u00a0kM]/.test(before) ? 2 : -2;
    case /[«»–—…•]/.test(character):
      return isLetterBefore && isLetterAfter ? -1 : 1.5;
    case /[’‘]/.test(character):
      return isLetterBefore || isLetterAfter ? 2 : -1;
    case character === "“":
      return !isLetterBefore && isLetterAfter ? 2 : -1;
    case character === "”":
      return isLetterAfter ? -1 : 2;
    case character === "°":
      return /[nN\d\s]/.test(before) ? 1 : -1;
    case character === "\u00a0":
      return 0.5;
    case /[éèêàç]/.test(character):
      return isInWord || /\s/.test(before) ? 2 : 1;
    case /[ëâäîïôöùûüœæ]/.test(character):
      return isInWord ? 1.5 : 0.5;
    // A capital follows no small letter.
    case /[ÉÈÊËÀÂÇÎÏÔÙÛŒÆ]/.test(character):
      return /[a-zà-ÿ]/.test(before) ? -2 : 1;
    case /[áíóúñãõåøßìòÄÖÜÁÍÓÚÑ§²³µ·¿¡]/.test(character):
      return isInWord ? 0.5 : 0;
    default:
      return /[\u0080-\u009f\ufffd]/.test(character) ? -4 : -2;
  }
}
