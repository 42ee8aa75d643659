import iconv from "iconv-lite";

/** `\fcharset` → code page, as the RTF specification has them. */
const CODE_PAGE_OF_CHARSET: Record<number, number> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
  255: 850,
};

/** Null when the font is written in the code page of the document. */
export const codePageOfCharset = (charset: number): number | null => CODE_PAGE_OF_CHARSET[charset] ?? null;

const NAMES: Record<number, string> = { 10000: "macintosh", 65001: "utf-8" };

export function decodeCodePage(bytes: Uint8Array, codePage: number): string {
  const name = NAMES[codePage] ?? `cp${codePage}`;
  return iconv.decode(bytes, iconv.encodingExists(name) ? name : "cp1252");
}
