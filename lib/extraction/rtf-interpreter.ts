import { ExtractionError, type ReadingLimits } from "./extraction.ts";
import { codePageOfCharset, decodeCodePage } from "./rtf-charsets.ts";
import { createRtfFlow, type RtfFlow, type RtfParagraph } from "./rtf-flow.ts";
import { toRtfTokens } from "./rtf-tokens.ts";
import {
  CHARACTER_OF_WORD,
  FOOTER_DESTINATIONS,
  HEADER_DESTINATIONS,
  READ_THOUGH_STARRED,
  SKIPPED_DESTINATIONS,
} from "./rtf-words.ts";

const DEPTH_MAX = 1_000;

/** What a group inherits, and gives back when it ends. */
type State = RtfParagraph & {
  reads: "text" | "nothing" | "fonts" | "styles" | "instruction" | "mark";
  flow: RtfFlow;
  font: number | null;
  /** How many characters replace a Unicode one for older readers. */
  fallback: number;
  isHidden: boolean;
  isDeleted: boolean;
  field: { instruction: string };
  atEnd: (() => void) | null;
};

export type RtfContent = {
  headers: string[];
  body: string;
  footnotes: string[];
  footers: string[];
  /** False when it breaks off before its end. */
  isWhole: boolean;
};

export function interpretRtf(bytes: Uint8Array, limits: ReadingLimits): RtfContent {
  const body = createRtfFlow();
  const headers = new Set<string>();
  const footers = new Set<string>();
  const footnotes: string[] = [];
  const codePageOfFont = new Map<number, number>();
  const headingOfStyle = new Map<number, number>();
  const groups: State[] = [];
  let documentCodePage = 1252;
  let defaultFont: number | null = null;
  let style = 0;
  let isStarred = false;
  let toSkip = 0;
  let characters = 0;
  let mark = "";
  let pending: Uint8Array[] = [];
  let state: State = {
    reads: "text",
    flow: body,
    font: null,
    fallback: 1,
    isHidden: false,
    isDeleted: false,
    field: { instruction: "" },
    atEnd: null,
    isInTable: false,
    headingLevel: 0,
    listLevel: 0,
  };

  function write(text: string): void {
    characters += text.length;
    if (characters > limits.charactersMax) throw new ExtractionError("too_large_inside");
    if (state.reads === "instruction") state.field.instruction += text;
    else if (state.reads === "mark") mark += text;
    else if (state.reads === "text" && !state.isHidden) state.flow.text(text, state.isDeleted);
  }

  function writePending(): void {
    if (pending.length === 0) return;
    const codePage = codePageOfFont.get(state.font ?? defaultFont ?? -1) ?? documentCodePage;
    const text = decodeCodePage(Buffer.concat(pending), codePage);
    pending = [];
    write(text);
  }

  function readBytes(read: Uint8Array): void {
    const skipped = Math.min(toSkip, read.length);
    toSkip -= skipped;
    const isRead = state.reads === "text" || state.reads === "instruction" || state.reads === "mark";
    if (isRead && skipped < read.length) pending.push(read.subarray(skipped));
  }

  function open(): void {
    if (groups.length >= DEPTH_MAX) throw new ExtractionError("damaged");
    groups.push(state);
    state = { ...state, atEnd: null };
  }

  function close(): boolean {
    state.atEnd?.();
    const outer = groups.pop();
    if (!outer) return false;
    state = outer;
    return groups.length > 0;
  }

  /** A destination: true when this word is one. */
  function enter(name: string): boolean {
    if (isStarred && !READ_THOUGH_STARRED.has(name)) state.reads = "nothing";
    else if (SKIPPED_DESTINATIONS.has(name)) state.reads = "nothing";
    else if (name === "fonttbl") state.reads = "fonts";
    else if (name === "stylesheet") state.reads = "styles";
    else if (name === "field") state.field = { instruction: "" };
    else if (name === "fldinst") state.reads = "instruction";
    else if (name === "fldrslt") enterFieldResult();
    else if (name === "listtext" || name === "pntext") enterMark();
    else if (name === "footnote") enterFootnote();
    else if (name === "shptxt") enterFlow((text) => outerFlow().addAfter(text));
    else if (HEADER_DESTINATIONS.has(name)) enterFlow((text) => headers.add(text));
    else if (FOOTER_DESTINATIONS.has(name)) enterFlow((text) => footers.add(text));
    else return false;
    return true;
  }

  const outerFlow = (): RtfFlow => groups.at(-1)?.flow ?? body;

  function enterFlow(atEnd: (text: string) => unknown): void {
    const flow = createRtfFlow();
    Object.assign(state, { flow, isInTable: false, headingLevel: 0, listLevel: 0, isHidden: false, isDeleted: false });
    state.atEnd = () => atEnd(flow.finish());
  }

  function enterFootnote(): void {
    const index = footnotes.push("") - 1;
    write(`[^${index + 1}]`);
    enterFlow((text) => {
      footnotes[index] = text.replace(/\s*\n+/g, " ");
    });
  }

  function enterMark(): void {
    const { flow } = state;
    mark = "";
    state.reads = "mark";
    state.atEnd = () => flow.setMark(mark);
  }

  function enterFieldResult(): void {
    const { flow, field } = state;
    const position = flow.position();
    state.atEnd = () => {
      const href = field.instruction.match(/^\s*HYPERLINK\s+"(https?:\/\/[^\s"<>()]{1,500})"/i)?.[1];
      if (href) flow.link(position, href);
    };
  }

  function setProperty(name: string, value: number | null): void {
    const isOn = value !== 0;
    switch (name) {
      case "ansicpg":
        if (value) documentCodePage = value;
        break;
      case "mac":
        documentCodePage = 10000;
        break;
      case "pc":
        documentCodePage = 437;
        break;
      case "pca":
        documentCodePage = 850;
        break;
      case "deff":
        defaultFont = value;
        break;
      case "f":
        state.font = value;
        break;
      case "uc":
        state.fallback = Math.min(20, Math.max(0, value ?? 1));
        break;
      case "v":
        state.isHidden = isOn;
        break;
      case "deleted":
        state.isDeleted = isOn;
        break;
      case "plain":
        Object.assign(state, { isHidden: false, isDeleted: false, font: null });
        break;
      case "pard":
        Object.assign(state, { isInTable: false, headingLevel: 0, listLevel: 0 });
        break;
      case "intbl":
        state.isInTable = isOn;
        break;
      case "ilvl":
        state.listLevel = value ?? 0;
        break;
      case "s":
        state.headingLevel = headingOfStyle.get(value ?? -1) ?? 0;
        break;
      case "outlinelevel":
        state.headingLevel = toHeading(value);
        break;
      default:
    }
  }

  function endPiece(name: string): void {
    switch (name) {
      case "par":
      case "sect":
      case "page":
      case "column":
        state.flow.endParagraph(state);
        break;
      case "cell":
        state.flow.endCell();
        break;
      case "row":
        state.flow.endRow();
        break;
      default:
    }
  }

  /** `isFirst`: right after the brace, where alone `\*` makes a destination. */
  function readWord(name: string, value: number | null, isFirst: boolean): void {
    if (state.reads === "nothing") return;
    if (name === "*") {
      isStarred = isFirst;
      return;
    }
    const isDestination = enter(name);
    isStarred = false;
    if (isDestination) return;
    if (state.reads === "fonts") {
      if (name === "f") state.font = value;
      const codePage = name === "fcharset" ? codePageOfCharset(value ?? 0) : null;
      if (codePage !== null && state.font !== null) codePageOfFont.set(state.font, codePage);
    } else if (state.reads === "styles") {
      if (name === "s") style = value ?? 0;
      if (name === "outlinelevel") headingOfStyle.set(style, toHeading(value));
    } else if (name === "u") {
      write(String.fromCharCode((value ?? 0) & 0xffff));
      toSkip = state.fallback;
    } else if (Object.hasOwn(CHARACTER_OF_WORD, name)) {
      write(CHARACTER_OF_WORD[name] ?? "");
    } else {
      setProperty(name, value);
      if (state.reads === "text") endPiece(name);
    }
  }

  let isWhole = false;
  let isFirst = false;
  for (const token of toRtfTokens(bytes)) {
    if (token.kind === "bytes") {
      readBytes(token.bytes);
      isFirst = false;
      continue;
    }
    writePending();
    if (token.kind === "word" && toSkip > 0) toSkip -= 1;
    else if (token.kind === "word") readWord(token.name, token.value, isFirst);
    else {
      toSkip = 0;
      isStarred = false;
      if (token.kind === "open") open();
      else if (!close()) {
        isWhole = true;
        break;
      }
    }
    isFirst = token.kind === "open";
  }
  writePending();
  // What was being read when it broke off is kept.
  while (!isWhole && groups.length > 0) close();
  return { headers: [...headers], body: body.finish(), footnotes, footers: [...footers], isWhole };
}

/** 0 to 8 → 1 to 9; 9 is ordinary text. */
const toHeading = (outlineLevel: number | null): number =>
  outlineLevel === null || outlineLevel > 8 || outlineLevel < 0 ? 0 : outlineLevel + 1;
