import { shortTableMarkdown } from "./table-markdown.ts";

export type RtfParagraph = {
  isInTable: boolean;
  /** 0 is ordinary text. */
  headingLevel: number;
  listLevel: number;
};

export type RtfFlow = ReturnType<typeof createRtfFlow>;

/** Gathers the paragraphs and the tables of a document, of a header or of a note. */
export function createRtfFlow() {
  const blocks: { text: string; isItem: boolean }[] = [];
  let pieces: string[] = [];
  let mark = "";
  let isStruck = false;
  let paragraphsOfCell: string[] = [];
  let row: string[] = [];
  let rows: string[][] = [];
  let after: string[] = [];

  function take(): string {
    if (isStruck) pieces.push("~~");
    const text = pieces.join("").replace(/ {2,}/g, " ").trim();
    pieces = [];
    isStruck = false;
    return text;
  }

  function add(text: string, isItem = false): void {
    if (text) blocks.push({ text, isItem });
  }

  function endTable(): void {
    if (row.length > 0) rows.push(row);
    row = [];
    // A frame around one text is no table.
    if (rows.every((cells) => cells.length <= 1)) for (const [cell] of rows) add(cell ?? "");
    else add(shortTableMarkdown(rows));
    rows = [];
  }

  function endParagraph({ isInTable, headingLevel, listLevel }: RtfParagraph): void {
    const text = take();
    if (isInTable) paragraphsOfCell.push(`${mark && text ? `${mark} ` : ""}${text}`);
    else {
      if (rows.length > 0 || row.length > 0) endTable();
      if (text && headingLevel > 0) add(`${"#".repeat(Math.min(6, headingLevel))} ${`${mark} ${text}`.trim()}`);
      else if (text && mark) add(`${"    ".repeat(Math.min(8, listLevel))}${mark} ${text}`, true);
      else add(text);
    }
    mark = "";
    for (const block of after) add(block);
    after = [];
  }

  return {
    /** `isDeleted`: struck out in a tracked change. */
    text(text: string, isDeleted: boolean): void {
      if (isDeleted !== isStruck) pieces.push("~~");
      isStruck = isDeleted;
      pieces.push(text);
    },
    endParagraph,
    endCell(): void {
      row.push([...paragraphsOfCell, take()].filter(Boolean).join("\n"));
      paragraphsOfCell = [];
      mark = "";
    },
    endRow(): void {
      rows.push(row);
      row = [];
    },
    setMark(text: string): void {
      const seen = text.trim();
      mark = /^[\p{L}\d]+[.)°]?$|^\(?[\p{L}\d.]+[.)]$/u.test(seen) && seen.length > 1 ? seen : "-";
    },
    position: (): number => pieces.length,
    /** Makes a link of what was written since `position`. */
    link(position: number, href: string): void {
      const text = pieces.slice(position).join("").trim();
      if (text && text !== href) pieces.splice(position, pieces.length, `[${text}](${href})`);
    },
    /** What stands beside the current paragraph: a text box. */
    addAfter(block: string): void {
      if (block) after.push(block);
    },
    finish(): string {
      endParagraph({ isInTable: false, headingLevel: 0, listLevel: 0 });
      if (paragraphsOfCell.length > 0) for (const text of paragraphsOfCell) add(text);
      return blocks.reduce((all, { text, isItem }, index) => {
        const isSameList = isItem && blocks[index - 1]?.isItem;
        return all + (index === 0 ? "" : isSameList ? "\n" : "\n\n") + text;
      }, "");
    },
  };
}
