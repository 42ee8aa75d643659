import type { Block, CharacterCount } from "./document-blocks.ts";
import { objectPath } from "./odf-formulas.ts";
import { createOdfStyles } from "./odf-styles.ts";
import { createOdfText } from "./odf-text.ts";
import { parseXml } from "./xml.ts";
import type { Archive } from "./zip.ts";

/** A chart of more rows than this is seen, not read: its titles are kept. */
const ROWS_MAX = 100;

/** Reads the chart that an object of an OpenDocument file is: its titles and its data; nothing of any other object. */
export async function readOdfChart(archive: Archive, href: string, count: CharacterCount): Promise<Block[]> {
  const part = `${objectPath(href)}/content.xml`;
  if (!archive.has(part)) return [];
  const text = createOdfText(createOdfStyles(), count);
  let blocks: Block[] = [];
  let isChart = false;
  await parseXml(archive.stream(part), {
    open(name, attributes) {
      if (name === "office:chart") {
        isChart = true;
        text.pushFlow();
      } else if (isChart) text.open(name, attributes);
    },
    close(name) {
      if (name === "office:chart") {
        isChart = false;
        blocks = text.popFlow();
      } else if (isChart) text.close(name);
    },
    text(piece) {
      if (isChart) text.text(piece);
    },
  });
  return blocks.filter((block) => block.kind !== "table" || block.rows.length <= ROWS_MAX);
}
