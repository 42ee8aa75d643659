import { largest, median, smallest } from "./pdf-geometry.ts";
import { type Row, toWords, type Word } from "./pdf-lines.ts";

export type Line = { words: Word[]; text: string; x: number; right: number; row: Row };
/** How a line follows the one before it. */
export type Joint = "space" | "hyphen" | "break" | "paragraph";
export type Paragraph = { lines: { line: Line; joint: Joint }[]; size: number; characters: number };

const SENTENCE_END = /[.!?:;…»"”)\]]$/;
export const BULLET = /^[•◦▪▫‣●○■□➢✓✔❖❑→➔·∙–—*-](?=\s|$)/u;
/** A box is kept: ticked or not, it says something. */
const BOX = /^[☐☒☑□■✓✔❑](?=\s|$)/u;
const NUMBERED = /^(?:\(?\d{1,3}[.)°]|[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]|[IVX]{1,4}[.)])(?=\s)/;
/** Of the width of the widest: a line as long, in the middle of a sentence, goes on with the next. */
const LONG_LINE_SHARE = 0.6;
/** An entry of a table of contents, or what is to be filled in. */
const LEADER_END = /(?:\.{5}|…{5}|_{5})\s*\d*$/;
/** French words that a hyphen ties to the one before: the hyphen at the end of the line is part of the word. */
const TIED =
  /^(?:ci|là|il|ils|elle|elles|on|je|tu|nous|vous|ce|moi|toi|lui|leur|même|mêmes|t-(?:il|ils|elle|elles|on)|dire|à-|d'|d’|en-|de-|la-|le-|les-|sur-|sous-)(?![\p{L}])|^(?:d['’]|en-|de-|sur-|sous-|la-|le-)/u;
const HYPHEN = /\p{L}[-\u2010\u2011\u00ad]$/u;

export function toLine(row: Row): Line {
  const words = toWords(row.pieces);
  return {
    words,
    text: words.map(({ text, isJoined }, index) => (isJoined || index === 0 ? text : ` ${text}`)).join(""),
    x: smallest(row.pieces.map((piece) => piece.x)),
    right: largest(row.pieces.map((piece) => piece.x + piece.width)),
    row,
  };
}

/** Gathers the lines of a block, from top to bottom, in paragraphs. */
export function toParagraphs(lines: readonly Line[]): Paragraph[] {
  return toStanzas(lines).flatMap((stanza) => {
    const right = largest(stanza.map((line) => line.right));
    const paragraphs: Paragraph[] = [];
    stanza.forEach((line, index) => {
      const above = stanza[index - 1];
      const joint = above ? jointOf(above, line, right) : "paragraph";
      const last = paragraphs.at(-1);
      if (!last || joint === "paragraph") {
        paragraphs.push({ lines: [{ line, joint }], size: line.row.size, characters: line.text.length });
      } else {
        last.lines.push({ line, joint });
        last.characters += line.text.length;
      }
    });
    return paragraphs;
  });
}

/** Lines of one size that follow each other closely. */
function toStanzas(lines: readonly Line[]): Line[][] {
  const usual = usualPitches(lines);
  const stanzas: Line[][] = [];
  for (const line of lines) {
    const stanza = stanzas.at(-1);
    const above = stanza?.at(-1);
    if (stanza && above && isClose(above, line, usual.get(Math.round(line.row.size)) ?? 0)) stanza.push(line);
    else stanzas.push([line]);
  }
  return stanzas;
}

/** From one baseline to the next, for each size of characters. */
function usualPitches(lines: readonly Line[]): Map<number, number> {
  const pitches = new Map<number, number[]>();
  lines.forEach(({ row }, index) => {
    const above = lines[index - 1]?.row;
    const pitch = row.baseline - (above?.baseline ?? Number.NEGATIVE_INFINITY);
    if (!above || !isSameSize(above.size, row.size) || pitch > row.size * 3) return;
    const some = pitches.get(Math.round(row.size));
    if (some) some.push(pitch);
    else pitches.set(Math.round(row.size), [pitch]);
  });
  return new Map([...pitches].map(([size, some]) => [size, median(some)]));
}

const isSameSize = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(a, b) * 0.12;

function isClose(above: Line, line: Line, usual: number): boolean {
  const size = Math.max(above.row.size, line.row.size);
  if (!isSameSize(above.row.size, line.row.size)) return false;
  return line.row.baseline - above.row.baseline <= Math.max(usual * 1.3, size * 1.35);
}

function jointOf(above: Line, line: Line, right: number): Joint {
  const { size } = line.row;
  if (BULLET.test(line.text) || BOX.test(line.text) || NUMBERED.test(line.text)) return "break";
  if (LEADER_END.test(above.text) && /^[\p{Lu}\d]/u.test(line.text)) return "break";
  if (isHyphenated(above.text, line.text)) return "hyphen";
  if (endsWithOwnHyphen(above.text, line.text)) return "space";
  const isSentence = /^\p{Ll}/u.test(line.text) && !SENTENCE_END.test(above.text);
  if (isSentence && above.right - above.x > (right - above.x) * LONG_LINE_SHARE) return "space";
  if (above.right + firstWordWidth(line) + size * 0.3 < right - size * 0.5) return "break";
  if (line.x - above.x > size * 0.8 && SENTENCE_END.test(above.text) && !BULLET.test(above.text)) return "paragraph";
  return "space";
}

/** The word continues in lower case: its hyphen is there for the line only, except where the language has one. */
function isHyphenated(above: string, line: string): boolean {
  return HYPHEN.test(above) && /^\p{Ll}/u.test(line) && (above.endsWith("\u00ad") || !TIED.test(line));
}

/** A line whose hyphen stays, and whose next line is glued to it. */
export const endsWithOwnHyphen = (above: string, line: string): boolean => HYPHEN.test(above) && /^\p{L}/u.test(line);

function firstWordWidth(line: Line): number {
  const [first] = line.words;
  if (!first) return 0;
  const word = first.text.split(" ", 1)[0] ?? "";
  return (first.piece.width * word.length) / Math.max(1, first.text.length);
}
