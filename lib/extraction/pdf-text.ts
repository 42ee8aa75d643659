import type { TextRun } from "./extraction.ts";
import { toBlocks } from "./pdf-columns.ts";
import { toCells, toRows, toWords, type Word } from "./pdf-lines.ts";
import { BULLET, endsWithOwnHyphen, type Line, type Paragraph, toLine, toParagraphs } from "./pdf-paragraphs.ts";
import type { Piece } from "./pdf-pieces.ts";
import { findTables, type Table } from "./pdf-tables.ts";

export type PlacedText = { text: string; runs: TextRun[] };

/** Larger than the body by this much is a heading of level 1, 2 or 3. */
const HEADING_RATIOS = [1.7, 1.35, 1.15];
const HEADING_CHARACTERS_MAX = 200;

/** Pieces → Markdown in reading order. `bodySize`: of the characters of the document's running text, in points. */
export function toPlacedText(pieces: readonly Piece[], bodySize: number): PlacedText {
  const writing = startWriting();
  for (const group of byDirection(pieces)) {
    if (group[0]?.isVertical) writeVertical(writing, group);
    else for (const block of toBlocks(group)) writeBlock(writing, block, bodySize);
  }
  return writing.end();
}

/** Text of each direction on its own: what is most of the page first, what is written aside after it. */
function byDirection(pieces: readonly Piece[]): Piece[][] {
  const groups = Map.groupBy(pieces, (piece) => (piece.isVertical ? "vertical" : `${piece.angle}`));
  const lengthOf = (group: readonly Piece[]) => group.reduce((sum, { text }) => sum + text.length, 0);
  return [...groups.values()].sort((a, b) => lengthOf(b) - lengthOf(a));
}

type Writing = ReturnType<typeof startWriting>;

function startWriting() {
  const parts: string[] = [];
  const runs: TextRun[] = [];
  let length = 0;
  let isEnded = false;
  function write(mark: string): void {
    const written = isEnded && length > 0 ? `\n\n${mark}` : mark;
    isEnded = false;
    parts.push(written);
    length += written.length;
  }
  return {
    write,
    /** What is written next comes after a blank line. */
    paragraph(): void {
      isEnded = true;
    },
    /** Takes back the last character, with its place in the last run. */
    dropLast(): void {
      parts.push(parts.pop()?.slice(0, -1) ?? "");
      length -= 1;
      const last = runs.at(-1);
      if (last) last.length -= 1;
    },
    word(word: Word, shown = word.text): void {
      write("");
      const { x, y, width, height } = word.piece.box;
      const round = (points: number) => Math.round(points * 100) / 100;
      const place = { x: round(x), y: round(y), width: round(width), height: round(height) };
      runs.push({ start: length, length: shown.length, ...place });
      write(shown);
    },
    end: (): PlacedText => ({ text: parts.join(""), runs: runs.filter((run) => run.length > 0) }),
  };
}

function writeBlock(writing: Writing, pieces: readonly Piece[], bodySize: number): void {
  const rows = toRows(pieces);
  let next = 0;
  const lines = (last: number) => rows.slice(next, last).map(toLine);
  for (const table of findTables(rows)) {
    writeParagraphs(writing, toParagraphs(lines(table.first)), bodySize);
    writeTable(writing, table);
    next = table.last + 1;
  }
  writeParagraphs(writing, toParagraphs(lines(rows.length)), bodySize);
}

function writeParagraphs(writing: Writing, paragraphs: readonly Paragraph[], bodySize: number): void {
  for (const paragraph of paragraphs) {
    const level = headingLevel(paragraph, bodySize);
    let above: Line | null = null;
    for (const { line, joint } of paragraph.lines) {
      const isApart = above !== null && level > 0 && !isAligned(above, line);
      if (!above || isApart) {
        writing.paragraph();
        if (level > 0) writing.write(`${"#".repeat(level)} `);
      } else if (joint === "hyphen") writing.dropLast();
      else if (joint === "break" && level === 0) writing.write("\n");
      else if (!endsWithOwnHyphen(above.text, line.text)) writing.write(betweenLines(above, line));
      writeLine(writing, line, level === 0 && (!above || joint === "break"));
      above = line;
    }
  }
  writing.paragraph();
}

/** Lines of one title start at the same place, or have the same middle. */
function isAligned(above: Line, line: Line): boolean {
  const reach = line.row.size * 0.5;
  return Math.abs(above.x - line.x) < reach || Math.abs(above.x + above.right - line.x - line.right) < reach * 2;
}

const betweenLines = (above: Line, line: Line): string =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。]$/u.test(above.text) &&
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。]/u.test(line.text)
    ? ""
    : " ";

function writeLine(writing: Writing, line: Line, mayBeItem: boolean): void {
  const isItem = mayBeItem && BULLET.test(line.text) && line.text.length > 1;
  let isStart = true;
  line.words.forEach((word, index) => {
    let shown = word.text;
    if (index === 0 && isItem) {
      writing.write("- ");
      shown = shown.slice(1).trimStart();
      if (shown === "") return;
    }
    if (!isStart && !word.isJoined) writing.write(" ");
    isStart = false;
    writing.word(word, shown);
  });
}

function headingLevel(paragraph: Paragraph, bodySize: number): number {
  const text = paragraph.lines.map(({ line }) => line.text).join(" ");
  if (text.length > HEADING_CHARACTERS_MAX || !/\p{L}{2}.*\p{L}/u.test(text) || BULLET.test(text)) return 0;
  if (paragraph.lines.some(({ line }) => toCells(line.row).length > 1)) return 0;
  return HEADING_RATIOS.findIndex((ratio) => paragraph.size >= bodySize * ratio) + 1;
}

function writeTable(writing: Writing, table: Table): void {
  writing.paragraph();
  table.cells.forEach((row, index) => {
    writing.write(index === 0 ? "|" : "\n|");
    for (const cell of row) {
      writing.write(" ");
      toRows(cell)
        .flatMap((line) =>
          toWords(line.pieces).map((word, place) => (place === 0 ? { ...word, isJoined: false } : word)),
        )
        .forEach((word, place) => {
          if (place > 0 && !word.isJoined) writing.write(" ");
          writing.word(word, word.text.replaceAll("|", "\\|"));
        });
      writing.write(" |");
    }
    if (index === 0) writing.write(`\n|${" --- |".repeat(row.length)}`);
  });
  writing.paragraph();
}

/** Japanese from top to bottom: columns are drawn in the order in which they are read. */
function writeVertical(writing: Writing, pieces: readonly Piece[]): void {
  writing.paragraph();
  let before: Piece | null = null;
  for (const piece of pieces) {
    if (before && Math.abs(piece.x - before.x) > piece.size * 0.5) writing.write("\n");
    writing.word({ piece, text: piece.text, isJoined: true });
    before = piece;
  }
  writing.paragraph();
}
