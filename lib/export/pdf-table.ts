import { type Block, type Inline, plain } from "./document-model.ts";
import { fontFor, fontPath } from "./pdf-fonts.ts";

/** A table beyond this is given as a list of its rows: its columns would be too narrow, or a row higher than a page. */
const COLUMNS_DRAWN_MAX = 8;
const CELL_CHARACTERS_MAX = 600;
/** Each part has the header again. */
const ROWS_AT_ONCE = 40;
const CELL_SIZE = 9;

export type Structure = PDFKit.PDFStructureElement;
type TableBlock = Block & { kind: "table" };

/** The texts of a table, in parts that each have its header; null when it cannot be drawn. */
export function tableParts({ header, rows }: TableBlock): string[][][] | null {
  const [first = [], ...body] = [header, ...rows].map((row) => row.map((cell) => plain(withNumbers(cell)).trim()));
  const isNarrow = header.length <= COLUMNS_DRAWN_MAX;
  if (!isNarrow || [first, ...body].some((row) => row.some((text) => text.length > CELL_CHARACTERS_MAX))) return null;
  const parts: string[][][] = [];
  for (let at = 0; at === 0 || at < body.length; at += ROWS_AT_ONCE)
    parts.push([first, ...body.slice(at, at + ROWS_AT_ONCE)]);
  return parts;
}

type Drawing = { align: TableBlock["align"]; parent: Structure; margin: number };

export function drawTable(pdf: PDFKit.PDFDocument, texts: string[][], { align, parent, margin }: Drawing): void {
  const cell = (text: string, column: number, isHeader: boolean) => ({
    text,
    type: isHeader ? ("TH" as const) : ("TD" as const),
    font: { src: fontPath(fontFor(text, { bold: isHeader })), size: CELL_SIZE },
    align: { x: align[column] ?? ("left" as const), y: "top" as const },
    ...(isHeader && { backgroundColor: "#e8e8f2" }),
  });
  pdf.fontSize(CELL_SIZE);
  pdf.x = margin;
  const options = {
    position: { x: margin, y: pdf.y },
    maxWidth: pdf.page.width - 2 * margin,
    defaultStyle: { border: 0.5, borderColor: "#9a9ab8", padding: 4 },
    structParent: parent,
    data: texts.map((row, index) => row.map((text, column) => cell(text, column, index === 0))),
  };
  pdf.table(options);
  pdf.x = margin;
}

/** One item for each row, which says what each of its cells is. */
export function tableAsList({ header, rows }: TableBlock): Block {
  const items = (rows.length > 0 ? rows : [header]).map((row) => {
    const content = row.flatMap((cell, column): Inline[] => [
      ...(column > 0 ? [{ kind: "break" } as const] : []),
      ...(rows.length > 0
        ? [{ kind: "text", text: `${plain(header[column] ?? [])}\u00a0: `, bold: true } as const]
        : []),
      ...cell,
    ]);
    return { blocks: [{ kind: "paragraph", content } as const], isChecked: null };
  });
  return { kind: "list", start: null, items };
}

/** A cell that is drawn holds text only. */
const withNumbers = (cell: readonly Inline[]): Inline[] =>
  cell.map((inline) => (inline.kind === "note" ? { kind: "text", text: `[${inline.note + 1}]` } : inline));
