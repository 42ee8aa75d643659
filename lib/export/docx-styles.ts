import { AlignmentType, type ILevelsOptions, type INumberingOptions, type IStylesOptions, LevelFormat } from "docx";

/** Twentieths of a point. */
export const STEP = 720;
export const QUOTE_INDENT = 567;
export const LIST_LEVELS = 9;
export const HEADER_FILL = "E8E8F2";
const FONT = "Arial";
export const CODE_FONT = "Courier New";
const HEADING_COLOUR = "1E1E5A";

const heading = (size: number, before: number) => ({
  run: { font: FONT, size, bold: true, color: HEADING_COLOUR },
  paragraph: { spacing: { before, after: 120 }, keepNext: true },
});
const style = (id: string, name: string, more: object = {}) => ({
  id,
  name,
  basedOn: "Normal",
  quickFormat: true,
  ...more,
});

/** The names are those of Word itself, that each version shows in its own language: « Titre 1 », « Liste à puces »… */
export const docxStyles: IStylesOptions = {
  default: {
    document: {
      run: { font: FONT, size: 22, language: { value: "fr-FR" } },
      paragraph: { spacing: { after: 140, line: 276 } },
    },
    title: { run: { font: FONT, size: 40, bold: true, color: HEADING_COLOUR }, paragraph: { spacing: { after: 60 } } },
    heading1: heading(30, 360),
    heading2: heading(26, 280),
    heading3: heading(23, 240),
    heading4: heading(22, 200),
    hyperlink: { run: { color: "0B4FAD", underline: {} } },
    footnoteText: { run: { size: 18 }, paragraph: { spacing: { after: 40, line: 240 } } },
    footnoteReference: { run: { superScript: true } },
  },
  paragraphStyles: [
    style("Subtitle", "Subtitle", { run: { color: "595959" }, next: "Normal" }),
    style("Header", "header", { run: { size: 17, color: "595959" } }),
    style("Footer", "footer", { run: { size: 17, color: "595959" } }),
    style("ListBullet", "List Bullet", { paragraph: { spacing: { after: 80 } } }),
    style("ListNumber", "List Number", { paragraph: { spacing: { after: 80 } } }),
    style("ListContinue", "List Continue", { paragraph: { spacing: { after: 80 } } }),
    style("Quote", "Quote", {
      run: { italics: true, color: "404040" },
      paragraph: { border: { left: { style: "single", size: 12, space: 8, color: "9A9AB8" } } },
    }),
    style("Code", "HTML Preformatted", {
      run: { font: CODE_FONT, size: 18 },
      paragraph: { spacing: { line: 240, after: 140 }, shading: { fill: "F2F2F2" }, alignment: AlignmentType.LEFT },
    }),
    style("TableContents", "Table Contents", { paragraph: { spacing: { after: 0, line: 252 } } }),
    style("TableHeading", "Table Heading", { run: { bold: true }, paragraph: { spacing: { after: 0, line: 252 } } }),
  ],
};

const BULLETS = ["•", "◦", "▪"];

const levels = (of: (level: number) => Pick<ILevelsOptions, "format" | "text" | "start">): ILevelsOptions[] =>
  Array.from({ length: LIST_LEVELS }, (_, level) => ({
    level,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: { left: STEP * (level + 1), hanging: STEP / 2 } } },
    ...of(level),
  }));

/** A list that starts elsewhere than at 1 has a numbering of its own. */
export const docxNumbering = (starts: Iterable<number>): INumberingOptions["config"] => [
  {
    reference: "bullets",
    levels: levels((level) => ({ format: LevelFormat.BULLET, text: BULLETS[level % 3] ?? "•" })),
  },
  ...[...starts].map((start) => ({
    reference: `numbers-${start}`,
    levels: levels((level) => ({ format: LevelFormat.DECIMAL, text: `%${level + 1}.`, start })),
  })),
];
