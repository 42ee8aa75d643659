import type { Span } from "./text-blocks";

/** `address`: of a link, after its text. */
export type Look = "strong" | "em" | "del" | "code" | "address";
/** A stretch of a text that is shown in one way; what lies between two of them are signs, and is not shown. */
export type Piece = Span & { looks: readonly Look[] };

/** What readers write in the text of any document: a bar in a cell, what a tracked change takes away, an image, a link. */
const SIGNS =
  "(?<bar>\\\\)(?=\\|)|~~(?=\\S)(?<del>[^\\n]*?\\S)~~|!?\\[(?<text>[^[\\]\\n]*)\\]\\((?<address>[^()\\s]*)\\)";
/** What else is Markdown where a person or a model wrote it: in other documents, asterisks are asterisks. */
const EMPHASIS =
  "(?<!\\\\)`(?<code>[^`\\n]+)`|(?<slash>\\\\)(?=[!-/:-@[-`{-~])|" +
  "\\*\\*(?=\\S)(?<strong>[^\\n]*?\\S)\\*\\*|(?<!\\w)__(?=\\S)(?<strong2>[^\\n]*?\\S)__(?!\\w)|" +
  '\\*(?=[\\p{L}\\p{N}«“"’])(?<em>[^*\\n]*?[^\\s*\\\\])\\*|(?<!\\w)_(?=[^\\s_])(?<em2>[^_\\n]*?[^\\s_])_(?!\\w)';

const signs = new RegExp(SIGNS, "gu");
const signsAndEmphasis = new RegExp(`${EMPHASIS}|${SIGNS}`, "gu");

/** How a stretch of Markdown is shown; `isMarkdown` when it was written as such, and not by the reader of another format. */
export function toPieces(text: string, span: Span, isMarkdown: boolean, looks: readonly Look[] = []): Piece[] {
  const pieces: Piece[] = [];
  const add = (start: number, end: number) => {
    if (end > start) pieces.push({ start, end, looks });
  };
  let from = span.start;
  for (const match of text.slice(span.start, span.end).matchAll(isMarkdown ? signsAndEmphasis : signs)) {
    const at = span.start + match.index;
    if (at < from) continue;
    add(from, at);
    from = at + match[0].length;
    const { bar, slash, del, code, strong, strong2, em, em2, text: title = "", address } = match.groups ?? {};
    const inside = (look: Look | null, signsLength: number, length: number) =>
      toPieces(
        text,
        { start: at + signsLength, end: at + signsLength + length },
        isMarkdown && look !== "code",
        look ? [...looks, look] : looks,
      );
    if (bar ?? slash) {
      // What follows is itself, whatever it is.
      if (slash) add(from, from + 1);
      if (slash) from += 1;
    } else if (code !== undefined) pieces.push({ start: at + 1, end: from - 1, looks: [...looks, "code"] });
    else if (del !== undefined) pieces.push(...inside("del", 2, del.length));
    else if (strong ?? strong2) pieces.push(...inside("strong", 2, (strong ?? strong2 ?? "").length));
    else if (em ?? em2) pieces.push(...inside("em", 1, (em ?? em2 ?? "").length));
    else if (address !== undefined) {
      pieces.push(...inside(null, match[0].startsWith("!") ? 2 : 1, title.length));
      const start = from - 1 - address.length;
      if (!match[0].startsWith("!") && title !== address)
        pieces.push({ start, end: from - 1, looks: [...looks, "address"] });
    }
  }
  add(from, span.end);
  return pieces;
}
