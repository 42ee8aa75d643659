import { toNormalText } from "./normal-text.ts";

/** A line shorter than this share of the longest of its paragraph was ended on purpose: a field, an address. */
const FULL_SHARE = 0.7;
const FULL_CHARACTERS_MIN = 30;

/** Recognised lines → paragraphs: full lines go on with the next one, and a word cut at a line's end is whole again. */
export function toParagraphs(text: string): string {
  return toNormalText(text)
    .split(/\n{2,}/)
    .map((paragraph) =>
      joinLines(
        paragraph
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    )
    .filter(Boolean)
    .join("\n\n");
}

function joinLines(lines: string[]): string {
  const longest = Math.max(0, ...lines.map(({ length }) => length));
  const fullFrom = Math.max(FULL_CHARACTERS_MIN, longest * FULL_SHARE);
  return lines.reduce((text, line, index) => {
    const before = lines[index - 1];
    if (before === undefined) return line;
    if (/\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(line)) return text.slice(0, -1) + line;
    const goesOn = before.length >= fullFrom && !/:$/.test(before) && !/^([-•*–]|\d+[.)])\s/.test(line);
    return text + (goesOn ? " " : "\n") + line;
  }, "");
}
