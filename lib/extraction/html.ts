import { decodeText } from "./decode-text.ts";
import type { Reader } from "./extraction.ts";
import { htmlToMarkdown } from "./html-to-markdown.ts";
import { outlineOf, requireLength, toSections } from "./sections.ts";

/** A page may have a long script before it says its charset. */
const CHARSET_WITHIN = 65_536;

export const readHtml: Reader = async (bytes, { limits }) => {
  const { text, isGuessed } = decodeText(bytes, declaredCharset(bytes));
  requireLength(text.length, limits);
  const { markdown, title } = htmlToMarkdown(text);
  requireLength(markdown.length, limits);
  const pages = toSections(markdown);
  const [first] = pages;
  if (first) first.label ??= title;
  return { pages, outline: outlineOf(pages), warnings: isGuessed ? ["encoding_guessed"] : [] };
};

/** What `<meta>` or the XML declaration says. */
export function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, CHARSET_WITHIN)).toString("latin1");
  const declaration = head.match(/^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})/i);
  const meta = head.match(/<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i);
  return meta?.[1] ?? declaration?.[1] ?? null;
}
