/** The parts of an equation that are written otherwise than one after the other, in plain text: "(a+b)/2", "x^{2}". */
export const MATH_PARTS: ReadonlySet<string> = new Set([
  "m:num",
  "m:den",
  "m:sup",
  "m:sub",
  "m:lim",
  "m:rad",
  "m:d",
  "m:nary",
  "m:fName",
  "m:mr",
  "m:eqArr",
  "m:e",
  "m:oMathPara",
]);

/** `before` and `after` are the signs that the properties of the part give: the parentheses of `m:d`, the sum of `m:nary`. */
export type MathSigns = { before?: string | undefined; after?: string | undefined };

/** Text of a part, `parent` being the part it is in. */
export function mathText(part: string, parent: string | null, text: string, signs: MathSigns): string {
  if (text.trim() === "") return "";
  switch (part) {
    case "m:num":
      return `${grouped(text)}/`;
    case "m:den":
      return grouped(text);
    case "m:sup":
      return `^{${text}}`;
    case "m:sub":
    case "m:lim":
      return `_{${text}}`;
    case "m:rad":
      return `√${grouped(text)}`;
    case "m:d":
      return `${signs.before ?? "("}${text}${signs.after ?? ")"}`;
    case "m:nary":
      return `${signs.before ?? "∫"}${text}`;
    case "m:fName":
      return `${text} `;
    case "m:mr":
      return `${text}; `;
    case "m:oMathPara":
      return `\n${text}\n`;
    default:
      if (parent === "m:nary") return ` ${text}`;
      return parent === "m:mr" || parent === "m:eqArr" ? `${text} ` : text;
  }
}

function grouped(text: string): string {
  return [...text].length > 1 ? `(${text})` : text;
}
