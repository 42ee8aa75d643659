import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { countCharacters } from "./pdf-characters.ts";
import { type Annotations, readAnnotations } from "./pdf-forms.ts";
import { type Piece, readPieces } from "./pdf-pieces.ts";
import { look, type Visible } from "./pdf-visible.ts";

/** With fewer characters, a page may be a scan with a stamp on it. */
const FEW_CHARACTERS = 100;
const SCAN_IMAGE_SHARE_MIN = 0.5;
/** Of the characters of a page: with more that mean nothing, what is read is not what is seen. */
const UNMAPPED_SHARE_MAX = 0.3;
/** Looking at a page costs as much as drawing it: when as many of a kind were all scans, the next ones are presumed so. */
const LOOKS_MAX = 40;

/** What is on a page, before it is put in order. */
export type PageContent = Annotations & {
  number: number;
  width: number;
  height: number;
  /** How much text was drawn on it. */
  characters: number;
  needsRecognition: boolean;
};

/** What was found on the pages that were looked at: those without text, and those with a few words. */
export type Looks = { withoutText: boolean[]; withFewWords: boolean[] };

/** Fails with `too_large_inside` past `charactersMax`. */
export async function readPage(page: PDFPageProxy, charactersMax: number, looks: Looks): Promise<PageContent> {
  const { width, height } = page.getViewport({ scale: 1 });
  const drawn = await readPieces(page, charactersMax);
  const annotations = await readAnnotations(page);
  const { pieces, characters } = meaningful(drawn);
  const needsRecognition = await isToBeRecognised(page, characters, looks);
  page.cleanup();
  const all = [...pieces, ...annotations.pieces];
  return { ...annotations, pieces: all, number: page.pageNumber, width, height, characters, needsRecognition };
}

/** Without what has no known meaning; nothing is left of a page where that is too much. */
function meaningful(pieces: Piece[]): { pieces: Piece[]; characters: number } {
  let all = 0;
  let unmapped = 0;
  for (const piece of pieces) {
    const counted = countCharacters(piece.text);
    all += counted.all;
    unmapped += counted.unmapped;
  }
  if (unmapped === 0) return { pieces, characters: all };
  if (unmapped > all * UNMAPPED_SHARE_MAX) return { pieces: [], characters: 0 };
  const kept = pieces
    .map((piece) => ({ ...piece, text: piece.text.replaceAll("\ufffd", "").trim() }))
    .filter(({ text }) => text !== "");
  return { pieces: kept, characters: all - unmapped };
}

async function isToBeRecognised(page: PDFPageProxy, characters: number, looks: Looks): Promise<boolean> {
  if (characters >= FEW_CHARACTERS) return false;
  const known = characters === 0 ? looks.withoutText : looks.withFewWords;
  if (known.length >= LOOKS_MAX && known.every(Boolean)) return true;
  if (known.length >= LOOKS_MAX && !known.some(Boolean)) return false;
  const seen: Visible = await look(page);
  const isScan = characters === 0 ? seen.isAnything : seen.imageShare >= SCAN_IMAGE_SHARE_MIN;
  if (known.length < LOOKS_MAX) known.push(isScan);
  return isScan;
}
