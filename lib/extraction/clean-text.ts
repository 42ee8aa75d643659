const LIGATURES: Record<string, string> = { ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl", ﬅ: "st", ﬆ: "st" };
/** Soft hyphens, zero-width spaces, marks of direction: seen by no one, and in the way of every search. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]/g;
/** Where Symbol and Wingdings have their glyphs; the commonest are given what they look like. */
const SYMBOLS: Record<string, string> = {
  "\uf0b7": "•",
  "\uf0a7": "▪",
  "\uf0d8": "➢",
  "\uf0e0": "→",
  "\uf0fc": "✓",
  "\uf0fb": "✗",
  "\uf0fe": "☑",
  "\uf0fd": "☒",
  "\uf078": "☒",
  "\uf06f": "☐",
  "\uf0a8": "☐",
  "\uf071": "☐",
  "\uf02a": "*",
  "\uf02d": "-",
};

/** What nearly all cells are: with nothing to clean. */
const SHORT_CHARACTERS = 500;
const CLEAN = /^(?:[!-~À-ÿŒœ’…€]+(?: [!-~À-ÿŒœ’…€]+)*)?$/;

/** Text as one searches for it: composed, without ligatures or invisible marks, all its spaces ordinary; lines stay. */
export function cleanText(text: string): string {
  if (text.length < SHORT_CHARACTERS && CLEAN.test(text)) return text;
  return (
    text
      .normalize("NFC")
      .replace(/[\ufb00-\ufb06]/g, (ligature) => LIGATURES[ligature] ?? ligature)
      .replace(/[\uf000-\uf0ff]/g, (symbol) => SYMBOLS[symbol] ?? "")
      .replace(INVISIBLE, "")
      .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
      .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
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
