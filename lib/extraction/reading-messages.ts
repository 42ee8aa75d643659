import type { WriteOrder } from "../export/write-order.ts";
import type { Cell, Extraction, ExtractionFailure, Page, TextRun } from "./extraction.ts";
import type { WebOrder, WebReading } from "./web-page.ts";

/*
 * What goes between the application and a process that reads. Small messages only: a long page travels in pieces, so that
 * neither side ever spends long on one. The bytes of a picture or of a page of the web, which are copied as they are, travel at
 * once: for the few hundred kilobytes of a page, a file that is written, read and removed costs more, and keeps on a disk what an
 * agent looked for.
 */

export type ReadingOrder =
  | { id: number; kind: "read"; path: string; fileName: string; password?: string | undefined }
  /** A picture, or a page of a PDF, from 1. */
  | { id: number; kind: "recognise"; path: string; page?: number | undefined }
  /** A picture, without anything but what is seen of it. */
  | { id: number; kind: "clean"; path: string; sidePixelsMax: number }
  /** A picture, or a page of a PDF, as a server that recognises text takes it. */
  | { id: number; kind: "draw"; path: string; page?: number | undefined }
  /** What an address gave. */
  | ({ id: number; kind: "web" } & WebOrder)
  /** A conversation, as a file to take away. */
  | ({ id: number; kind: "write" } & WriteOrder);

export type Recognition = {
  text: string;
  /** Where its pieces are, in shares of the width and the height of the picture. */
  places: TextRun[];
  /** 0 to 100. */
  confidence: number;
};

type PieceOfReading =
  | { kind: "page"; page: Page }
  /** What follows goes on the last page. */
  | { kind: "text"; text: string }
  | { kind: "runs"; runs: TextRun[] }
  | { kind: "cells"; cells: Cell[][] }
  | { kind: "outline"; outline: Extraction["outline"] };

export type ReadingMessage =
  | ({ id: number } & PieceOfReading)
  | { id: number; kind: "read"; rest: Pick<Extraction, "type" | "language" | "warnings">; usage: Usage }
  | { id: number; kind: "recognised"; recognition: Recognition; usage: Usage }
  | { id: number; kind: "pictured"; image: Uint8Array; usage: Usage }
  | { id: number; kind: "written"; file: Uint8Array; usage: Usage }
  | { id: number; kind: "web"; reading: WebReading; usage: Usage }
  | { id: number; kind: "failed"; code: ExtractionFailure; usage: Usage }
  /** Where the system does not tell the memory of another process. */
  | { kind: "memory"; bytes: number };

/** Of the process: its memory now, and the most it ever had. */
export type Usage = { memoryBytes: number; peakMemoryBytes: number };

const TEXT_PIECE = 30_000;
const RUNS_PIECE = 400;
const CELLS_PIECE = 2_000;
const OUTLINE_PIECE = 300;

export function* toPieces({ pages, outline }: Extraction): Generator<PieceOfReading> {
  for (const { text, runs, cells, ...page } of pages) {
    const isShort = text.length <= TEXT_PIECE && (runs?.length ?? 0) <= RUNS_PIECE && !cells;
    if (isShort) {
      yield { kind: "page", page: { ...page, text, ...(runs && { runs }) } };
      continue;
    }
    yield { kind: "page", page: { ...page, text: "", ...(runs && { runs: [] }), ...(cells && { cells: [] }) } };
    for (let at = 0; at < text.length; at += TEXT_PIECE) yield { kind: "text", text: text.slice(at, at + TEXT_PIECE) };
    for (const piece of slices(runs ?? [], RUNS_PIECE)) yield { kind: "runs", runs: piece };
    for (const piece of rowSlices(cells ?? [])) yield { kind: "cells", cells: piece };
  }
  for (const piece of slices(outline, OUTLINE_PIECE)) yield { kind: "outline", outline: piece };
}

function* slices<T>(items: readonly T[], length: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += length) yield items.slice(at, at + length);
}

/** Whole rows, of about as many cells and characters each time. */
function* rowSlices(rows: readonly Cell[][]): Generator<Cell[][]> {
  let held: Cell[][] = [];
  let weight = 0;
  for (const row of rows) {
    held.push(row);
    for (const cell of row) weight += 1 + (typeof cell === "string" ? cell.length / 20 : 0);
    if (weight < CELLS_PIECE) continue;
    yield held;
    held = [];
    weight = 0;
  }
  if (held.length > 0) yield held;
}

/** Puts the pieces together again. */
export function createAssembly() {
  const pages: Page[] = [];
  const outline: Extraction["outline"] = [];
  let texts: string[] = [];
  function endPage(): void {
    const last = pages.at(-1);
    if (last && texts.length > 0) last.text += texts.join("");
    texts = [];
  }
  return {
    add(piece: PieceOfReading): void {
      const last = pages.at(-1);
      if (piece.kind === "page") {
        endPage();
        pages.push(piece.page);
      } else if (piece.kind === "text") texts.push(piece.text);
      else if (piece.kind === "outline") outline.push(...piece.outline);
      else if (piece.kind === "runs") last?.runs?.push(...piece.runs);
      else last?.cells?.push(...piece.cells);
    },
    finish(rest: Pick<Extraction, "type" | "language" | "warnings">): Extraction {
      endPage();
      return { ...rest, pages, outline };
    },
  };
}
