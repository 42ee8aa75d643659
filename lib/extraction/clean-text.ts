import { toNormalText } from "./normal-text.ts";
import { withSymbols } from "./symbol-fonts.ts";

/** In the place of an object that is not text. */
const PLACEHOLDER = /\ufffc/g;

/** What nearly all cells are: with nothing to clean. */
const SHORT_CHARACTERS = 500;
const CLEAN = /^(?:[!-~À-ÿŒœ’…€]+(?: [!-~À-ÿŒœ’…€]+)*)?$/;

/** Text as one searches for it: composed, without ligatures or invisible marks, all its spaces ordinary; lines stay. */
export function cleanText(text: string): string {
  if (text.length < SHORT_CHARACTERS && CLEAN.test(text)) return text;
  return (
    withSymbols(toNormalText(text.replace(/\v/g, "\n")), () => "")
      .replace(PLACEHOLDER, "")
      .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
      // First, so that what follows never looks twice at a long run of spaces.
      .replace(/[ \t]{2,}/g, (run) => (run.includes("\t") ? "\t" : " "))
      .replace(/[ \t]?\n[ \t]?/g, "\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()
  );
}

/** The same on one line, for headings and cells. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ");
}
