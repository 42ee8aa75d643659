import { eachLexeme, type Lexeme } from "./lexemes.ts";
import { createVector } from "./vector.ts";

/** A piece of a page, short enough to be given to a model among others. */
export type Passage = {
  page: number;
  /** In its page, from 0. */
  position: number;
  /** The title under which it begins; null when there is none. */
  heading: string | null;
  text: string;
};

export type TextPage = { number: number; label: string | null; text: string };

/** About 300 tokens. */
const CHARACTERS_MAX = 1_200;
/** A heading begins a new passage once the current one is this long. */
const CHARACTERS_MIN = 300;
/** How much of the end of a passage the next one may repeat: what a sentence says often needs the one before. */
const OVERLAP_CHARACTERS = 160;
const HEADING_CHARACTERS_MAX = 200;

/** `isProse`: a paragraph, whose last sentence may be repeated. */
type Block = { text: string; heading: string | null; isProse: boolean };

/** Cuts pages in passages at headings and paragraphs; none runs over two pages. */
export function toPassages(pages: readonly TextPage[]): Passage[] {
  let heading: string | null = null;
  return pages.flatMap(({ number, label, text }) => {
    const passages: Passage[] = [];
    let held: Block[] = [];
    let begins = heading ?? label;
    const lengthOf = (blocks: readonly Block[]) => blocks.reduce((sum, block) => sum + block.text.length + 2, 0);
    const flush = (isEnd = false) => {
      // A title goes with what it announces.
      const trailing = !isEnd && held.length > 1 && held.at(-1)?.heading ? held.splice(-1) : [];
      const body = held.map((block) => block.text).join("\n\n");
      if (body.trim() !== "") passages.push({ page: number, position: passages.length, heading: begins, text: body });
      const last = held.at(-1);
      held = trailing.length === 0 && last ? overlapOf(last) : trailing;
      begins = trailing[0]?.heading ?? heading ?? label;
    };
    for (const block of toBlocks(text)) {
      if (block.heading) {
        if (lengthOf(held) >= CHARACTERS_MIN) {
          flush();
          held = held.filter((kept) => kept.heading);
        }
        heading = block.heading;
        if (held.length === 0) begins = heading;
      } else if (held.length > 0 && lengthOf(held) + block.text.length > CHARACTERS_MAX) flush();
      held.push(block);
    }
    if (held.length > 0) flush(true);
    return passages;
  });
}

function overlapOf({ text, isProse }: Block): Block[] {
  if (!isProse) return [];
  const last = sentencesOf(text).at(-1)?.trim() ?? "";
  return last !== "" && last.length <= OVERLAP_CHARACTERS && last !== text.trim()
    ? [{ text: last, heading: null, isProse: false }]
    : [];
}

/** Paragraphs, headings and tables, none longer than a passage. */
function* toBlocks(text: string): Generator<Block> {
  let lines: string[] = [];
  let isInFence = false;
  for (const line of text.split("\n")) {
    if (/^ {0,3}(```|~~~)/.test(line)) isInFence = !isInFence;
    const heading = isInFence ? null : headingOf(line);
    if (!heading && line.trim() !== "") {
      lines.push(line);
      continue;
    }
    yield* toShortBlocks(lines);
    lines = [];
    if (heading) yield { text: line.slice(0, CHARACTERS_MAX), heading, isProse: false };
  }
  yield* toShortBlocks(lines);
}

function headingOf(line: string): string | null {
  const title = /^ {0,3}#{1,6}[ \t]+(?=\S)(.*)$/.exec(line)?.[1];
  return title?.slice(0, HEADING_CHARACTERS_MAX).trim() ?? null;
}

function* toShortBlocks(lines: readonly string[]): Generator<Block> {
  if (lines.length === 0) return;
  const isTable = lines[0]?.startsWith("|") === true && /^\|[\s|:-]+$/.test(lines[1] ?? "");
  const text = lines.join("\n");
  if (text.length <= CHARACTERS_MAX) return yield { text, heading: null, isProse: !isTable };
  const header = isTable && text.length > 0 ? lines.slice(0, 2).join("\n") : "";
  // A header as long as a passage would leave no room for what it is the header of.
  const isKept = header !== "" && header.length < CHARACTERS_MAX / 2;
  const pieces = isTable ? lines.slice(isKept ? 2 : 0).flatMap(toShort) : sentencesOf(text).flatMap(toShort);
  const join = isTable ? "\n" : "";
  const first = isKept ? `${header}\n` : "";
  let held = "";
  for (const piece of pieces) {
    if (held !== "" && first.length + held.length + piece.length > CHARACTERS_MAX) {
      yield { text: (first + held).trimEnd(), heading: null, isProse: !isTable };
      held = "";
    }
    held += (held === "" ? "" : join) + piece;
  }
  if (held.trim() !== "") yield { text: (first + held).trimEnd(), heading: null, isProse: !isTable };
}

/** With what separates each from the next, so that together they are the text. */
const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?…;] |\n)(?=\S)/u);

function toShort(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > CHARACTERS_MAX / 2) {
    const window = rest.slice(0, CHARACTERS_MAX / 2);
    const blank = window.lastIndexOf(" ") + 1;
    const end = blank > CHARACTERS_MAX / 4 ? blank : window.replace(/[\ud800-\udbff]$/, "").length;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === "" ? pieces : [...pieces, rest];
}

/** A lexeme of a passage; `isTitle` in a heading. */
export type PassageLexeme = Lexeme & { isTitle: boolean };

/** What a passage is found by: the words of the title it is under, then its own. */
export function lexemesOf(passage: Pick<Passage, "heading" | "text">): PassageLexeme[] {
  const all: PassageLexeme[] = [];
  eachLexemeOf(passage, (lexeme, position, isTitle) => all.push({ lexeme, position, isTitle }));
  return all;
}

/** The same, told one after the other. */
export function eachLexemeOf(
  { heading, text }: Pick<Passage, "heading" | "text">,
  visit: (lexeme: string, position: number, isTitle: boolean) => void,
): void {
  let before = 0;
  const visitLine = (line: string, isTitle: boolean) => {
    let last = 0;
    eachLexeme(line, (lexeme, position) => {
      last = position;
      visit(lexeme, before + position, isTitle);
    });
    before += last;
  };
  const opens = headingOf(text.split("\n", 1)[0] ?? "");
  if (heading && heading !== opens) visitLine(heading, true);
  for (const line of text.split("\n")) visitLine(line, headingOf(line) !== null);
}

/** As PostgreSQL stores it; titles have the weight A. */
export function toVector(lexemes: readonly PassageLexeme[]): string {
  const vector = createVector();
  for (const { lexeme, position, isTitle } of lexemes) vector.add(lexeme, position, isTitle ? "A" : "");
  return vector.written();
}
