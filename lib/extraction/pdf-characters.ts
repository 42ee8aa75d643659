import { withSymbols } from "./symbol-fonts.ts";

/** What an accent drawn alone becomes over the letter beside it. ASCII ones stay: they are signs of their own. */
const ACCENTS: Record<string, string> = {
  "´": "\u0301",
  "¨": "\u0308",
  ˆ: "\u0302",
  "˜": "\u0303",
  "¸": "\u0327",
  ˇ: "\u030c",
  "˘": "\u0306",
  "˚": "\u030a",
};

const unmapped = /[\p{Co}\p{Cn}\ufffd]|(?![\t\n\f\r])\p{Cc}/u;
const allUnmapped = new RegExp(unmapped.source, "gu");
const plain = /^[\x20-\x7e]*$/;
/** Dots and strokes that lead to a page number, or that are written over in a form. */
const leaders = /([._…-])(?: ?\1){5,}/g;

/** Composed letters, whole ligatures, no mark that is not seen; what fonts do not say the meaning of is kept as U+FFFD. */
export function cleanText(text: string): string {
  const short = text.replace(leaders, "$1$1$1$1$1");
  if (plain.test(short)) return short;
  return withSymbols(short, (sign) => sign)
    .replace(allUnmapped, "\ufffd")
    .replace(/[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]/g, (ligature) => ligature.normalize("NFKC"))
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, "")
    .replace(/([´¨ˆ˜¸ˇ˘˚])(\p{L})/gu, (both, accent: string, letter: string) => composed(letter, accent) ?? both)
    .replace(/(^|[^\p{L}\p{M}])(\p{Mn}+)(\p{L})/gu, "$1$3$2")
    .normalize("NFC")
    .replace(/[\s\u00a0]/g, " ");
}

/** A letter and an accent as one letter; null when no language writes it. */
export function composed(letter: string, accent: string): string | null {
  const mark = ACCENTS[accent] ?? (/^\p{Mn}$/u.test(accent) ? accent : null);
  const dotted = letter === "ı" ? "i" : letter;
  const whole = mark ? (dotted + mark).normalize("NFC") : "";
  return [...whole].length === 1 ? whole : null;
}

/** How many characters, without spaces, and how many of them have no known meaning. */
export function countCharacters(text: string): { all: number; unmapped: number } {
  let all = 0;
  let lost = 0;
  for (const character of text) {
    if (character === " ") continue;
    all += 1;
    if (character === "\ufffd") lost += 1;
  }
  return { all, unmapped: lost };
}

export const isCjk = (character: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u.test(character);
