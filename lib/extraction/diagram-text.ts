import type { Block, CharacterCount } from "./document-blocks.ts";
import { createDrawingText } from "./drawing-text.ts";
import { parseXml } from "./xml.ts";

/** The texts of a SmartArt, as a list: `dgm:pt` are also its links and its drawing, which have none of their own. */
export async function readDiagram(chunks: AsyncIterable<Uint8Array>, count: CharacterCount): Promise<Block[]> {
  const text = createDrawingText(count, () => null);
  await parseXml(chunks, text);
  return text.take(true);
}
