import type { TextRun } from "./extraction.ts";
import { toNormalText } from "./normal-text.ts";

/** What tesseract calls the levels of its table: 1 is the picture, 5 a word. */
const PICTURE = "1";
const WORD = "5";
/** Of the height of a line: words further from each other are not in one piece, as in a table. */
const GAP_MAX = 1.5;
/** A word that is not found so near the one before was not kept: the next one is looked for. */
const LOOKED_FOR_CHARACTERS = 200;

type Word = { text: string; line: string; x: number; y: number; width: number; height: number };

/**
 * Where the pieces of a recognised text are on their picture, in shares of its width and height, from tesseract's table (TSV) of
 * words. `text` is made of these words in their order, a word cut at the end of a line being whole again.
 */
export function toPlaces(text: string, tsv: string): TextRun[] {
  const { words, width, height } = readWords(tsv);
  if (width <= 0 || height <= 0) return [];
  const places: TextRun[] = [];
  let cursor = 0;
  let lineBefore = "";
  for (const word of words) {
    const found = find(text, word.text, cursor);
    if (!found) continue;
    cursor = found.start + found.length;
    const place = {
      ...found,
      x: word.x / width,
      y: word.y / height,
      width: word.width / width,
      height: word.height / height,
    };
    const last = places.at(-1);
    const gap = last ? (place.x - last.x - last.width) * width : 0;
    const isOn =
      word.line === lineBefore && gap >= 0 && gap <= Math.max(place.height, last?.height ?? 0) * height * GAP_MAX;
    if (last && isOn) places[places.length - 1] = joined(last, place);
    else places.push(place);
    lineBefore = word.line;
  }
  return places;
}

function readWords(tsv: string): { words: Word[]; width: number; height: number } {
  const words: Word[] = [];
  let [width, height] = [0, 0];
  for (const row of tsv.split("\n")) {
    const [level, page, block, paragraph, line, , x, y, wide, high, , text = ""] = row.split("\t");
    if (level === PICTURE) [width, height] = [Number(wide), Number(high)];
    if (level !== WORD || text.trim() === "") continue;
    const box = { x: Number(x), y: Number(y), width: Number(wide), height: Number(high) };
    words.push({ text: toNormalText(text).trim(), line: [page, block, paragraph, line].join(), ...box });
  }
  return { words, width, height };
}

function find(text: string, word: string, from: number): { start: number; length: number } | null {
  const near = text.slice(from, from + LOOKED_FOR_CHARACTERS + word.length);
  for (const wanted of word.endsWith("-") ? [word, word.slice(0, -1)] : [word]) {
    const at = wanted === "" ? -1 : near.indexOf(wanted);
    if (at >= 0) return { start: from + at, length: wanted.length };
  }
  return null;
}

function joined(a: TextRun, b: TextRun): TextRun {
  const y = Math.min(a.y, b.y);
  return {
    start: a.start,
    length: b.start + b.length - a.start,
    x: a.x,
    y,
    width: b.x + b.width - a.x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
