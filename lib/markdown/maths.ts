const FENCE = /^(?:[ \t>]|[-*+] |\d+[.)] )*(`{3,}|~{3,})/;
/** Indentation, quote marks and list bullets that come before the text of a line. */
const PREFIX = /^(?:[ \t>]|[-*+] +|\d{1,9}[.)] +)*/;
const INLINE_CODE = /(`+)(?:[^`]|(?!\1)`)*?\1(?!`)/g;

/** Whether a text may hold maths: then, and only then, the browser loads KaTeX. */
export const mayHoldMaths = (markdown: string): boolean => /\$\$|\\[([]|```math/.test(markdown);

/**
 * Writes every maths delimiter as `$$`: `\(a\)` within a line, and on lines of its own `\[a\]` or a `$$a$$` that stands
 * alone. A single `$` is money, never maths. Code is left as it is.
 */
export function normaliseMaths(markdown: string): string {
  if (!/\$\$|\\[([]/.test(markdown)) return markdown;
  const lines = markdown.split("\n");
  const written: string[] = [];
  let fence: string | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    fence = nextFence(fence, line);
    const block = fence ? null : readDisplay(lines, index);
    if (block) {
      written.push(...block.lines);
      index = block.last;
    } else {
      written.push(fence ? line : inlineMaths(line));
    }
  }
  return written.join("\n");
}

/** The fence that is open after this line, null outside code. */
export function nextFence(open: string | null, line: string): string | null {
  const mark = FENCE.exec(line)?.[1];
  if (!open) return mark && !(mark[0] === "`" && afterMark(line, mark).includes("`")) ? mark : null;
  const closes = mark && mark[0] === open[0] && mark.length >= open.length && afterMark(line, mark).trim() === "";
  return closes ? null : open;
}

const afterMark = (line: string, mark: string): string => line.slice(line.indexOf(mark) + mark.length);

/** `\[ … \]` or `$$ … $$` that opens a line and closes one, as a block of its own. */
function readDisplay(lines: string[], first: number): { lines: string[]; last: number } | null {
  const line = lines[first] ?? "";
  const prefix = PREFIX.exec(line)?.[0] ?? "";
  const text = line.slice(prefix.length);
  const closing = text.startsWith("\\[") ? "\\]" : /^\$\$[^$]+\$\$\s*$/.test(text) ? "$$" : null;
  if (!closing) return null;

  const last = lines.findIndex(
    (candidate, at) => at >= first && candidate.indexOf(closing, at > first ? 0 : prefix.length + 2) >= 0,
  );
  if (last < 0) return null;
  const closingLine = lines[last] ?? "";
  if (closingLine.slice(closingLine.lastIndexOf(closing) + 2).trim() !== "") return null;

  const body = lines.slice(first, last + 1).map((content, at) => {
    const from = at === 0 ? prefix.length + 2 : (/^[ \t>]*/.exec(content)?.[0].length ?? 0);
    return at === last - first ? content.slice(from, content.lastIndexOf(closing)) : content.slice(from);
  });
  const rest = prefix.replace(/[^>\s]/g, " ");
  const kept = body.filter((content) => content.trim() !== "").map((content) => rest + content.trim());
  return { lines: [`${prefix}$$`, ...kept, `${rest}$$`], last };
}

function inlineMaths(line: string): string {
  let written = "";
  let from = 0;
  for (const code of line.matchAll(INLINE_CODE)) {
    written += delimit(line.slice(from, code.index)) + code[0];
    from = code.index + code[0].length;
  }
  return written + delimit(line.slice(from));
}

const delimit = (text: string): string =>
  text
    .replace(/\\\((.+?)\\\)/g, (_, maths: string) => ["$$", maths.trim(), "$$"].join(""))
    .replace(/\\\[(.+?)\\\](?!\()/g, (_, maths: string) => ["$$", maths.trim(), "$$"].join(""));
