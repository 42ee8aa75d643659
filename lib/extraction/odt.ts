import { type Block, blocksLine, createCharacterCount } from "./document-blocks.ts";
import { cutInSections } from "./document-sections.ts";
import type { Reader, WarningCode } from "./extraction.ts";
import { aside } from "./marks.ts";
import { readOdfFormulas } from "./odf-formulas.ts";
import { openOdfPackage, readOdfStyles } from "./odf-package.ts";
import { createOdfText } from "./odf-text.ts";
import { macroWarnings, readSparePart, withoutText } from "./office-package.ts";
import { parseXml } from "./xml.ts";

const MARGIN = /^style:(header|footer)(-left|-first)?$/;

/** Reads an OpenDocument text or template (.odt, .ott) as sections, cut at its top-level headings. */
export const readOdt: Reader = async (bytes, { limits }) => {
  const archive = await openOdfPackage(bytes, limits);
  const warnings = new Set<WarningCode>(macroWarnings(archive));
  const styles = await readOdfStyles(archive, warnings);
  const count = createCharacterCount(limits);
  const formulas = await readOdfFormulas(archive, warnings, count);
  const text = createOdfText(styles, count, { formulas });

  let body: Block[] = [];
  let isInBody = false;
  await parseXml(archive.stream("content.xml"), {
    open(name, attributes) {
      if (name === "office:text") {
        isInBody = true;
        text.pushFlow();
      } else if (isInBody) text.open(name, attributes);
      else styles.open(name, attributes);
    },
    close(name) {
      if (name === "office:text") {
        isInBody = false;
        body = text.popFlow();
      } else if (isInBody) text.close(name);
      else styles.close(name);
    },
    text(piece) {
      if (isInBody) text.text(piece);
    },
  });

  const headers = new Set<string>();
  const footers = new Set<string>();
  await readSparePart(warnings, async () => {
    if (!archive.has("styles.xml")) return;
    const margins = createOdfText(styles, count);
    let isInMargin = false;
    await parseXml(archive.stream("styles.xml"), {
      open(name, attributes) {
        if (isInMargin) margins.open(name, attributes);
        else if (MARGIN.test(name)) {
          isInMargin = true;
          margins.pushFlow();
        }
      },
      close(name) {
        if (MARGIN.test(name)) {
          isInMargin = false;
          const line = blocksLine(margins.popFlow());
          if (/\p{L}{2}/u.test(line)) (name.startsWith("style:header") ? headers : footers).add(line);
        } else if (isInMargin) margins.close(name);
      },
      text(piece) {
        if (isInMargin) margins.text(piece);
      },
    });
  });

  const blocks = [...marginBlocks("en-tête", headers), ...body, ...marginBlocks("pied de page", footers)];
  if (blocks.length === 0) return withoutText(archive, warnings);
  return { ...cutInSections(blocks, text.notes, limits), warnings: [...warnings] };
};

function marginBlocks(kind: string, texts: Iterable<string>): Block[] {
  return [...texts].map((text) => ({ kind: "paragraph", text: aside(kind, text) }));
}
