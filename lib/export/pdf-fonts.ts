import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { create, type Font } from "fontkit";

const { resolve } = createRequire(join(process.cwd(), "package.json"));
const TEXT = "pdfjs-dist/standard_fonts/LiberationSans-";
const WIDE = "dejavu-fonts-ttf/ttf/DejaVuSans";

/** Liberation Sans is drawn like Arial; DejaVu has the signs it lacks, and the fixed width of code. */
const FILES = {
  text: `${TEXT}Regular.ttf`,
  "text-bold": `${TEXT}Bold.ttf`,
  "text-italic": `${TEXT}Italic.ttf`,
  "text-bold-italic": `${TEXT}BoldItalic.ttf`,
  wide: `${WIDE}.ttf`,
  "wide-bold": `${WIDE}-Bold.ttf`,
  "wide-italic": `${WIDE}-Oblique.ttf`,
  "wide-bold-italic": `${WIDE}-BoldOblique.ttf`,
  code: `${WIDE}Mono.ttf`,
  "code-bold": `${WIDE}Mono-Bold.ttf`,
} as const;
export type FontName = keyof typeof FILES;

const known = new Map<FontName, Set<number>>();

/** What pdfkit knows a font by: under a name of ours, or as bytes, it would be decoded again for each cell of a table. */
export const fontPath = (name: FontName): string => resolve(FILES[name]);

function characters(name: FontName): Set<number> {
  const read = known.get(name) ?? new Set((create(readFileSync(fontPath(name))) as Font).characterSet);
  known.set(name, read);
  return read;
}

export type Look = { bold?: boolean | undefined; italic?: boolean | undefined; code?: boolean | undefined };

const named = (family: "text" | "wide", { bold, italic }: Look): FontName =>
  `${family}${bold ? "-bold" : ""}${italic ? "-italic" : ""}` as FontName;

/** Text cut so that each piece is drawn by one font, the one that has its signs. */
export function cutByFont(text: string, look: Look): { font: FontName; text: string }[] {
  const first: FontName = look.code ? (look.bold ? "code-bold" : "code") : named("text", look);
  const other = named("wide", look);
  const pieces: { font: FontName; text: string }[] = [];
  // Of the many spaces, fonts have the usual ones.
  for (const sign of text.replace(/[\u2000-\u200a\u202f\u205f\u3000]/g, "\u00a0")) {
    const point = sign.codePointAt(0) ?? 0;
    const last = pieces.at(-1);
    // Spaces and signs that join others go with what comes before them.
    const font =
      last && /[\s\p{M}\p{Cf}]/u.test(sign)
        ? last.font
        : characters(first).has(point) || /\s/.test(sign)
          ? first
          : other;
    if (last?.font === font) last.text += sign;
    else pieces.push({ font, text: sign });
  }
  return pieces;
}

/** One font for a whole text. */
export const fontFor = (text: string, look: Look): FontName =>
  cutByFont(text, look).some(({ font }) => font.startsWith("wide")) ? named("wide", look) : named("text", look);
