import { cleanLine } from "./clean-text.ts";
import { type Block, blockMarkdown, blocksMarkdown } from "./document-blocks.ts";
import { type Extraction, ExtractionError, type Page, type ReadingLimits } from "./extraction.ts";

/** A section much longer than this is cut at a paragraph, or between two rows of a table. */
const SECTION_CHARACTERS = 6_000;
/** From here on a heading is a better place to cut than the next paragraph. */
const HEADING_CUT_CHARACTERS = 4_000;
const LABEL_CHARACTERS_MAX = 200;

type Section = { label: string | null; blocks: Block[]; length: number };

/**
 * Cuts a document without pages in sections, at its top-level headings. `notes` are the texts of the footnotes by the
 * label their `[^label]` has in the blocks; each is written at the end of the section that calls it.
 */
export function cutInSections(
  blocks: readonly Block[],
  notes: ReadonlyMap<string, string>,
  limits: ReadingLimits,
): Pick<Extraction, "pages" | "outline"> {
  const sections: Section[] = [];
  const outline: Extraction["outline"] = [];
  const top = topLevel(blocks);
  let current: Section = { label: null, blocks: [], length: 0 };

  function cut(label: string | null): void {
    // A heading belongs with what it announces.
    const carried: Block[] = [];
    while (current.blocks.at(-1)?.kind === "heading") carried.unshift(current.blocks.pop() as Block);
    if (current.blocks.length > 0) {
      sections.push(current);
      for (const title of outline.slice(outline.length - carried.length)) title.page += 1;
    }
    if (sections.length >= limits.pagesMax) throw new ExtractionError("too_many_pages");
    current = { label, blocks: carried, length: 0 };
  }

  for (const whole of blocks) {
    for (const block of inPieces(whole)) {
      const { length } = blockMarkdown(block);
      if (length === 0) continue;
      const title = block.kind === "heading" ? labelOf(block.text) : null;
      const isTop = block.kind === "heading" && block.level <= top;
      if (isTop || (current.length > 0 && isFull(current, block, length))) cut(title ?? outline.at(-1)?.title ?? null);
      if (block.kind === "heading") {
        outline.push({ title: labelOf(block.text), level: block.level, page: sections.length });
        if (current.length === 0) current.label = labelOf(block.text);
      }
      current.blocks.push(block);
      current.length += length;
    }
  }
  if (current.blocks.length > 0) sections.push(current);
  return { pages: sections.map((section) => pageOf(section, notes)), outline };
}

/** The highest level that several headings have: the only title of a document does not divide it. */
function topLevel(blocks: readonly Block[]): number {
  const counts = new Map<number, number>();
  for (const block of blocks) {
    if (block.kind === "heading") counts.set(block.level, (counts.get(block.level) ?? 0) + 1);
  }
  const levels = [...counts.keys()].sort((a, b) => a - b);
  return levels.find((level) => (counts.get(level) ?? 0) > 1) ?? levels[0] ?? 0;
}

function isFull(section: Section, next: Block, length: number): boolean {
  if (next.kind === "heading" && section.length > HEADING_CUT_CHARACTERS) return true;
  return section.length + length > SECTION_CHARACTERS;
}

/** A long table becomes several, each with the header of the first. */
function* inPieces(block: Block): Generator<Block> {
  if (block.kind !== "table" || block.rows.length < 3) return yield block;
  const [header, ...body] = block.rows;
  if (!header) return;
  let rows: string[][] = [header];
  let length = 0;
  for (const row of body) {
    const rowLength = row.reduce((sum, cell) => sum + cell.length + 3, 0);
    if (length > 0 && length + rowLength > SECTION_CHARACTERS) {
      yield { kind: "table", rows };
      rows = [header];
      length = 0;
    }
    rows.push(row);
    length += rowLength;
  }
  yield { kind: "table", rows };
}

function pageOf(section: Section, notes: ReadonlyMap<string, string>): Page {
  const text = blocksMarkdown(section.blocks);
  const called = new Set([...text.matchAll(/\[\^(\w+)\]/g)].map((call) => call[1] ?? ""));
  const written = [...called].flatMap((label) => {
    const note = cleanLine(notes.get(label) ?? "");
    return note === "" ? [] : [`[^${label}]: ${note}`];
  });
  return { kind: "section", label: section.label, text: [text, ...written].join("\n\n") };
}

function labelOf(text: string): string {
  return cleanLine(text).slice(0, LABEL_CHARACTERS_MAX);
}
