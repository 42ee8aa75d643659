import type { CharacterCount } from "./document-blocks.ts";
import { parseXml } from "./xml.ts";

/** The strings that cells refer to by their index; how ideograms are read (`x:rPh`) is left out. */
export async function readSharedStrings(chunks: AsyncIterable<Uint8Array>, count: CharacterCount): Promise<string[]> {
  const strings: string[] = [];
  let current = "";
  let isCaptured = false;
  let phonetic = 0;
  await parseXml(chunks, {
    open(name) {
      if (name === "x:si") current = "";
      else if (name === "x:rPh") phonetic += 1;
      else if (name === "x:t") isCaptured = phonetic === 0;
    },
    close(name) {
      if (name === "x:t") isCaptured = false;
      else if (name === "x:rPh") phonetic -= 1;
      else if (name === "x:si") strings.push(unescaped(current));
    },
    text(text) {
      if (!isCaptured) return;
      count(text);
      current += text;
    },
  });
  return strings;
}

/** ST_Xstring: characters that XML cannot hold are written _x000D_. */
export function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => {
    const character = Number.parseInt(code, 16);
    return character === 9 || character === 10 || character >= 32 ? String.fromCharCode(character) : "";
  });
}
