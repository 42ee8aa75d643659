import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { cleanText } from "./pdf-characters.ts";
import { type Matrix, multiply } from "./pdf-geometry.ts";
import type { Piece } from "./pdf-pieces.ts";

export type Annotations = {
  /** What was written in the form, and on the page over its text, where it is. */
  pieces: Piece[];
  /** What a reader noted, as Markdown. */
  comments: string[];
  isFilled: boolean;
};

/** The parts of pdf.js's annotations that are used: it gives them as `any`. */
type Annotation = {
  subtype?: unknown;
  rect?: unknown;
  hidden?: unknown;
  fieldType?: unknown;
  fieldValue?: unknown;
  password?: unknown;
  multiLine?: unknown;
  checkBox?: unknown;
  radioButton?: unknown;
  exportValue?: unknown;
  buttonValue?: unknown;
  options?: unknown;
  combo?: unknown;
  contentsObj?: { str?: unknown };
  titleObj?: { str?: unknown };
};

const FIELD_TEXT_SIZE_MAX = 11;
const LINE_HEIGHT = 1.2;
const LIST_LINE_HEIGHT = 11.5;
const OPTIONS_MAX = 200;

/** Reads the fields of a form and the comments of a page. XFA, and what runs in a form, are ignored. */
export async function readAnnotations(page: PDFPageProxy): Promise<Annotations> {
  const annotations: Annotation[] = await page.getAnnotations({ intent: "display" });
  const toPage = page.getViewport({ scale: 1 }).transform as Matrix;
  const read: Annotations = { pieces: [], comments: [], isFilled: false };
  for (const annotation of annotations) {
    if (annotation.hidden === true) continue;
    const box = toBox(annotation.rect, toPage);
    if (annotation.subtype === "Widget") {
      const value = box ? fieldValue(annotation, box) : null;
      if (!value || !box) continue;
      read.pieces.push(...toPieces(value.text, box));
      read.isFilled ||= value.isFilled;
      continue;
    }
    const text = textOf(annotation.contentsObj?.str);
    if (text === "" || annotation.subtype === "Popup" || annotation.subtype === "Link") continue;
    if (annotation.subtype === "FreeText" && box) read.pieces.push(...toPieces(text, box));
    else read.comments.push(toComment(text, textOf(annotation.titleObj?.str)));
  }
  return read;
}

const textOf = (value: unknown): string =>
  typeof value === "string"
    ? value
        .split(/\r\n|[\r\n]/)
        .map(cleanText)
        .join("\n")
        .trim()
    : "";

const toComment = (text: string, author: string): string =>
  `> [Commentaire${author === "" ? "" : ` de ${author}`}] ${text.replaceAll("\n", "\n> ")}`;

type FieldValue = { text: string; isFilled: boolean };

function fieldValue(field: Annotation, box: Box): FieldValue | null {
  if (field.fieldType === "Btn") {
    if (field.checkBox !== true && field.radioButton !== true) return null;
    const on = field.checkBox === true ? field.exportValue : field.buttonValue;
    const isOn = typeof on === "string" && field.fieldValue === on && on !== "Off";
    return { text: isOn ? "☒" : "☐", isFilled: isOn };
  }
  if ((field.fieldType !== "Tx" && field.fieldType !== "Ch") || field.password === true) return null;
  const values: unknown[] = Array.isArray(field.fieldValue) ? field.fieldValue : [field.fieldValue];
  if (field.fieldType === "Ch" && field.combo === false) return listValue(toOptions(field.options), values, box);
  const text = values
    .map((value) => textOf(field.fieldType === "Ch" ? shownChoice(toOptions(field.options), value) : value))
    .filter((value) => value !== "")
    .join("\n");
  return text === "" ? null : { text, isFilled: true };
}

type Option = { exportValue: unknown; displayValue: unknown };

const toOptions = (options: unknown): Option[] => (Array.isArray(options) ? options.slice(0, OPTIONS_MAX) : []);

/** What is on the screen for a choice. */
const shownChoice = (options: readonly Option[], value: unknown): unknown =>
  options.find(({ exportValue }) => exportValue === value)?.displayValue ?? value;

/** A list shows what could be chosen, as far as it is high, and what was. */
function listValue(options: readonly Option[], values: readonly unknown[], { height }: Box): FieldValue | null {
  const isOn = ({ exportValue }: Option) => values.includes(exportValue);
  const seen = options.filter((option, index) => isOn(option) || index < height / LIST_LINE_HEIGHT - 0.5);
  const shown = seen.map((option) => `${isOn(option) ? "☒" : "☐"} ${textOf(option.displayValue)}`);
  return shown.length === 0 ? null : { text: shown.join("\n"), isFilled: options.some(isOn) };
}

type Box = Piece["box"];

function toBox(rect: unknown, toPage: Matrix): Box | null {
  if (!Array.isArray(rect)) return null;
  const [x1, y1, x2, y2] = rect.map(Number);
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return null;
  const at = (x: number, y: number) => multiply(toPage, [1, 0, 0, 1, x, y]);
  const [, , , , left, top] = at(x1, y1);
  const [, , , , right, bottom] = at(x2, y2);
  const box = {
    x: Math.min(left, right),
    y: Math.min(top, bottom),
    width: Math.abs(right - left),
    height: Math.abs(bottom - top),
  };
  return Object.values(box).every(Number.isFinite) ? box : null;
}

/** One piece a line, in the middle of the field when it is alone. */
function toPieces(text: string, box: Box): Piece[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const size = Math.max(1, Math.min(FIELD_TEXT_SIZE_MAX, box.height / (lines.length * LINE_HEIGHT)));
  const top = box.y + Math.max(0, (box.height - lines.length * size * LINE_HEIGHT) / 2);
  return lines.map((line, index) => {
    const y = top + index * size * LINE_HEIGHT;
    return {
      text: line.trim(),
      x: box.x,
      y,
      width: Math.min(box.width, line.length * size * 0.6),
      height: size,
      baseline: y + size * 0.8,
      size,
      isRtl: /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(line),
      isVertical: false,
      isAfterSpace: true,
      order: null,
      angle: 0,
      box: { x: box.x, y, width: box.width, height: size * LINE_HEIGHT },
    };
  });
}
