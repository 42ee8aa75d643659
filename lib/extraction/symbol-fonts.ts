/**
 * Where Symbol and Wingdings have their glyphs, among the letters for private use; the commonest are given what they look like.
 * The empty boxes of forms are one sign, whatever their shade.
 */
const LOOKS: Record<string, string> = {
  "\uf02a": "*",
  "\uf02d": "-",
  "\uf06f": "☐",
  "\uf071": "☐",
  "\uf076": "❖",
  "\uf078": "☒",
  "\uf0a7": "▪",
  "\uf0a8": "☐",
  "\uf0b7": "•",
  "\uf0d8": "➢",
  "\uf0e0": "→",
  "\uf0e8": "➔",
  "\uf0fb": "✗",
  "\uf0fc": "✓",
  "\uf0fd": "☒",
  "\uf0fe": "☑",
};

/** The signs of these fonts as what they look like; one that is not known becomes what `unknown` makes of it. */
export const withSymbols = (text: string, unknown: (sign: string) => string): string =>
  text.replace(/[\uf000-\uf0ff]/g, (sign) => LOOKS[sign] ?? unknown(sign));
