const LIGATURES: Record<string, string> = {
  "\ufb00": "ff",
  "\ufb01": "fi",
  "\ufb02": "fl",
  "\ufb03": "ffi",
  "\ufb04": "ffl",
  "\ufb05": "st",
  "\ufb06": "st",
};

/** Soft hyphens, zero-width and direction marks, tags and variation selectors that spell text, controls other than tab and line feed. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is removed
  /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|\udb40[\udc00-\udfff]|[\ufe00-\ufe0f]{2,}/g;

/** NFC, line feeds only, ligatures expanded, unseen marks and trailing spaces removed. */
export function toNormalText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085\f]/g, "\n")
    .replace(/[\ufb00-\ufb06]/g, (ligature) => LIGATURES[ligature] ?? ligature)
    .replace(UNSEEN, "")
    .toWellFormed()
    .normalize("NFC")
    .split("\n")
    .map(withoutTrailingSpaces)
    .join("\n");
}

/** Not a regular expression: on a line of a million spaces and a letter, it would look a million times. */
function withoutTrailingSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && " \t\u00a0".includes(line[end - 1] ?? "x")) end -= 1;
  return end === line.length ? line : line.slice(0, end);
}

/** The same on one line, with single spaces. */
export const toOneLine = (text: string): string => toNormalText(text).replace(/\s+/g, " ").trim();
