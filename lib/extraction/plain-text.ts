import { type DecodedText, decodeText } from "./decode-text.ts";
import type { Page, Reader, WarningCode } from "./extraction.ts";
import { toNormalText } from "./normal-text.ts";
import { outlineOf, requireLength, toSections } from "./sections.ts";

const warningsOf = ({ isGuessed }: DecodedText): WarningCode[] => (isGuessed ? ["encoding_guessed"] : []);

export const readPlainText: Reader = async (bytes, { limits }) => {
  const decoded = decodeText(bytes);
  requireLength(decoded.text.length, limits);
  // A line that begins with # is no heading here.
  const pages = toSections(toNormalText(decoded.text)).map((page): Page => ({ ...page, label: null }));
  return { pages, outline: [], warnings: warningsOf(decoded) };
};

/** Markdown is given as it is: its marks, its front matter. */
export const readMarkdown: Reader = async (bytes, { limits }) => {
  const decoded = decodeText(bytes);
  requireLength(decoded.text.length, limits);
  const pages = toSections(toNormalText(decoded.text));
  return { pages, outline: outlineOf(pages), warnings: warningsOf(decoded) };
};
