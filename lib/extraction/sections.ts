import { type Extraction, ExtractionError, type Page, type ReadingLimits } from "./extraction.ts";

const SECTION_CHARACTERS = 6_000;
/** A heading begins a new section once the current one is this long. */
const SECTION_CHARACTERS_MIN = 2_500;

type Block = { text: string; title: string | null };

/** Cuts Markdown in sections of about 6,000 characters, at headings or paragraphs. The label is that of the nearest heading. */
export function toSections(markdown: string): Page[] {
  const pages: Page[] = [];
  let held: string[] = [];
  let length = 0;
  let label: string | null = null;
  let lastTitle: string | null = null;
  const flush = () => {
    const text = held.join("\n\n").replace(/^\n+|\n+$/g, "");
    if (text) pages.push({ kind: "section", label, text });
    held = [];
    length = 0;
  };
  for (const { text, title } of toBlocks(markdown)) {
    const isFull = length + text.length > SECTION_CHARACTERS || (title !== null && length >= SECTION_CHARACTERS_MIN);
    if (held.length > 0 && isFull) flush();
    if (held.length === 0) label = title ?? lastTitle;
    label ??= title;
    lastTitle = title ?? lastTitle;
    held.push(text);
    length += text.length + 2;
  }
  flush();
  return pages;
}

/** Paragraphs, tables and fenced blocks, none longer than a section. */
function* toBlocks(markdown: string): Generator<Block> {
  let lines: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split("\n")) {
    const mark: string | undefined = line.match(/^ {0,3}(`{3,}|~{3,})/)?.[1];
    if (fence === null && line.trim() === "") {
      yield* toBlock(lines);
      lines = [];
      continue;
    }
    if (fence === null && mark) fence = mark;
    else if (fence !== null && mark?.startsWith(fence)) fence = null;
    lines.push(line);
  }
  yield* toBlock(lines);
}

function* toBlock(lines: string[]): Generator<Block> {
  const [first] = lines;
  if (first === undefined) return;
  const text = lines.join("\n");
  const title = headingOf(first)?.title ?? null;
  if (text.length <= SECTION_CHARACTERS) yield { text, title };
  else for (const piece of cut(lines)) yield { text: piece, title: null };
}

/** A table that is cut keeps its header in each part: a part is read alone. */
function* cut(lines: string[]): Generator<string> {
  const isTable = lines[0]?.startsWith("|") === true && /^\|[\s|:-]+$/.test(lines[1] ?? "");
  const header = isTable ? lines.slice(0, 2) : [];
  if (header.join("\n").length > SECTION_CHARACTERS / 2) header.length = 0;
  let held = [...header];
  let length = header.join("\n").length;
  for (const line of lines.slice(header.length).flatMap(toShortLines)) {
    if (length + line.length > SECTION_CHARACTERS && held.length > header.length) {
      yield held.join("\n");
      held = [...header];
      length = header.join("\n").length;
    }
    held.push(line);
    length += line.length + 1;
  }
  if (held.length > header.length) yield held.join("\n");
}

function toShortLines(line: string): string[] {
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > SECTION_CHARACTERS) {
    const window = rest.slice(0, SECTION_CHARACTERS);
    const end = Math.max(window.lastIndexOf(". ") + 1, window.lastIndexOf("! ") + 1, window.lastIndexOf("? ") + 1);
    const at = end > SECTION_CHARACTERS / 2 ? end : window.lastIndexOf(" ");
    const length = at > SECTION_CHARACTERS / 2 ? at : safeLength(window);
    pieces.push(rest.slice(0, length));
    rest = rest.slice(length).trimStart();
  }
  if (rest) pieces.push(rest);
  return pieces;
}

/** Never between the two halves of one character. */
const safeLength = (window: string): number => (/[\ud800-\udbff]$/.test(window) ? window.length - 1 : window.length);

const TITLE_CHARACTERS_MAX = 300;

function headingOf(line: string): { title: string; level: number } | null {
  const mark = line.slice(0, 12).match(/^ {0,3}(#{1,6})[ \t]+(?=\S)/);
  if (!mark?.[1]) return null;
  const title = line.slice(mark[0].length, mark[0].length + TITLE_CHARACTERS_MAX).replace(/[ \t]+#{1,12}$/, "");
  return { title, level: mark[1].length };
}

/** The headings of pages of Markdown, outside fenced blocks. */
export function outlineOf(pages: readonly Page[]): Extraction["outline"] {
  return pages.flatMap(({ text }, page) => {
    let fence: string | null = null;
    return text.split("\n").flatMap((line) => {
      const mark: string | undefined = line.match(/^ {0,3}(`{3,}|~{3,})/)?.[1];
      if (mark && (fence === null || mark.startsWith(fence))) fence = fence === null ? mark : null;
      const heading = fence === null ? headingOf(line) : null;
      return heading ? [{ ...heading, page }] : [];
    });
  });
}

/** Throws `too_large_inside` when text is longer than a reader may give. */
export function requireLength(length: number, { charactersMax }: ReadingLimits): void {
  if (length > charactersMax) throw new ExtractionError("too_large_inside");
}
