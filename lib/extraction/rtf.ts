import { ExtractionError, type Reader } from "./extraction.ts";
import { toNormalText } from "./normal-text.ts";
import { interpretRtf } from "./rtf-interpreter.ts";
import { outlineOf, toSections } from "./sections.ts";

/** Throws `damaged` for what is not RTF, or holds no text where it breaks off. */
export const readRtf: Reader = async (bytes, { limits }) => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString("latin1");
  if (!/^[\s\u00ef\u00bb\u00bf]*\{\\rtf/.test(head)) throw new ExtractionError("damaged");
  const { headers, body, footnotes, footers, isWhole } = interpretRtf(bytes, limits);
  const notes = footnotes.map((text, index) => text && `[^${index + 1}]: ${text}`);
  const parts = [...headers, body, ...notes, ...footers].map((part) => part.trim()).filter(Boolean);
  if (parts.length === 0 && !isWhole) throw new ExtractionError("damaged");
  const pages = toSections(toNormalText(parts.join("\n\n")));
  return { pages, outline: outlineOf(pages), warnings: isWhole ? [] : ["damaged_parts"] };
};
