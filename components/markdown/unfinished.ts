import remend from "remend";
import { nextFence } from "@/lib/markdown/maths";

/**
 * What can be shown of a block that is still being written: no mark is seen before the thing it announces. Maths, a
 * table's first line or a footnote's call are held back until they can be drawn; emphasis, links and code are closed.
 */
export function completeUnfinished(block: string): string {
  const lines = block.split("\n");
  let fence: string | null = null;
  for (const line of lines.slice(0, -1)) fence = nextFence(fence, line);
  const last = lines.at(-1) ?? "";

  if (fence) return isFencePiece(last, fence) ? lines.slice(0, -1).join("\n") : block;
  // Until its line ends, the opening of a code block is only backticks and half a language.
  if (/^[ \t>]*(?:[-*+] |\d+[.)] )*(?:`+|~+)[^`\n]*$/.test(last) && /^[^`~]*(?:`{1,2}$|`{3}|~)/.test(last)) {
    return completeUnfinished(lines.slice(0, -1).join("\n"));
  }
  const shown = withoutHalfMark(withoutHalfAddress(withoutOpenMaths(withoutHalfTable(block))));
  return remend(shown, { linkMode: "text-only", katex: false });
}

const isFencePiece = (line: string, fence: string): boolean => {
  const text = line.trim();
  return (
    text !== "" &&
    text.length < fence.length + 1 &&
    fence.startsWith(text.slice(0, fence.length)) &&
    /^[`~]+$/.test(text)
  );
};

/** A table is one when the line under its first line is complete; a cell shows when its line is. */
function withoutHalfTable(block: string): string {
  const lines = block.split("\n");
  let first = lines.length;
  while (first > 0 && /^[ \t>]*\|/.test(lines[first - 1] ?? "")) first -= 1;
  const rows = lines.slice(first);
  if (rows.length === 0) return block;
  if (rows.length <= 2) return lines.slice(0, first).join("\n");
  return block;
}

/** Cuts before the `$$`, `\(` or `\[` that is not closed yet. */
function withoutOpenMaths(block: string): string {
  const marks = [...block.matchAll(/(`+)(?:[^`]|(?!\1)`)*?\1(?!`)|\$\$|\\[()[\]]/g)].filter(
    ([mark]) => !mark.startsWith("`"),
  );
  let open: { mark: string; index: number } | null = null;
  for (const { 0: mark, index } of marks) {
    if (!open) open = /^(\$\$|\\\(|\\\[)$/.test(mark) ? { mark, index } : null;
    else if (mark === CLOSING[open.mark]) open = null;
  }
  return open ? block.slice(0, open.index) : block;
}

const CLOSING: Record<string, string> = { $$: "$$", "\\(": "\\)", "\\[": "\\]" };

/** Of `[text](address`, the text; of an image, nothing yet. The address may hold brackets of its own. */
function withoutHalfAddress(block: string): string {
  const at = block.lastIndexOf("](");
  const address = block.slice(at + 2);
  if (at < 0 || /[\n`]/.test(address)) return block;
  const open = address.split("(").length - address.split(")").length + 1;
  const start = block.lastIndexOf("[", at);
  if (open <= 0 || start < 0) return block;
  return block[start - 1] === "!" ? block.slice(0, start - 1) : block.slice(0, start) + block.slice(start + 1, at);
}

/** A mark at the very end may become another one: wait for what follows it. */
const withoutHalfMark = (block: string): string =>
  block
    .replace(/(^|\n)[ \t>]*(?:#{1,6}|[-+*=_]{1,3}|\d{1,9}[.)]?)[ \t]*$/, "$1")
    .replace(/(?:!|\[!)?\[\^?[^\]\n]*\]?$/, (tail) => (/^(\[\^|!|\[!)/.test(tail) ? "" : tail))
    // A reference such as [12] is seen whole.
    .replace(/\[\d{0,3}$/, "")
    .replace(/(^|[\s([«"'’])[*_~]+$/, "$1")
    .replace(/(?:\\|(?<!\$)\$|!|<[/!]?)$/, "");
