import { endOfRow, grouped, lowered, raised, withoutLastEnd } from "./linear-math.ts";

/** The parts of an equation that are written otherwise than one after the other. */
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
  "m:m",
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
      return raised(text);
    case "m:sub":
    case "m:lim":
      return lowered(text);
    case "m:rad":
      return `√${grouped(text)}`;
    case "m:d":
      return `${signs.before ?? "("}${text}${signs.after ?? ")"}`;
    case "m:nary":
      return `${signs.before ?? "∫"}${text}`;
    case "m:fName":
      return `${text} `;
    case "m:mr":
      return endOfRow(text);
    case "m:m":
    case "m:eqArr":
      return withoutLastEnd(text);
    case "m:oMathPara":
      return `\n${text}\n`;
    default:
      if (parent === "m:nary") return ` ${text}`;
      if (parent === "m:eqArr") return endOfRow(text);
      return parent === "m:mr" ? `${text} ` : text;
  }
}
