import { type CharacterCount, createCharacterCount } from "./document-blocks.ts";
import { ExtractionError, type Page, type Reader, type WarningCode } from "./extraction.ts";
import type { NumberFormat } from "./number-format.ts";
import { macroWarnings, openOfficePackage, readSparePart } from "./office-package.ts";
import { findMainPart, partOfType, type Relationship, readRelationships } from "./ooxml-relationships.ts";
import { createSheetAllowance, createSheetCells } from "./sheet-cells.ts";
import { spreadsheet } from "./spreadsheet.ts";
import { readPeople, readSheetBoxes, readSheetComments, readThreadedComments } from "./xlsx-besides.ts";
import { readSheet } from "./xlsx-sheet.ts";
import { readSharedStrings } from "./xlsx-strings.ts";
import { readCellFormats } from "./xlsx-styles.ts";
import { parseXml } from "./xml.ts";
import type { Archive } from "./zip.ts";

type SheetEntry = { name: string; id: string; isHidden: boolean };
type Besides = {
  archive: Archive;
  people: ReadonlyMap<string, string>;
  count: CharacterCount;
  warnings: Set<WarningCode>;
};

/** Reads an Excel workbook (.xlsx, .xlsm, .xltx): a page for each sheet, in order, with its cells. */
export const readXlsx: Reader = async (bytes, { limits }) => {
  const archive = await openOfficePackage(bytes, limits);
  const main = await findMainPart(archive, "xl/workbook.xml");
  const relationships = await readRelationships(archive, main);
  const warnings = new Set<WarningCode>(macroWarnings(archive));
  const count = createCharacterCount(limits);
  const { sheets, is1904 } = await readWorkbook(archive.stream(main));

  let formats: NumberFormat[] = [];
  let strings: string[] = [];
  let people = new Map<string, string>();
  const stylesPart = partOfType(relationships, "styles");
  if (stylesPart && archive.has(stylesPart)) {
    await readSparePart(warnings, async () => {
      formats = await readCellFormats(archive.stream(stylesPart));
    });
  }
  const stringsPart = partOfType(relationships, "sharedStrings");
  if (stringsPart && archive.has(stringsPart)) strings = await readSharedStrings(archive.stream(stringsPart), count);
  const peoplePart = partOfType(relationships, "person");
  if (peoplePart && archive.has(peoplePart)) {
    await readSparePart(warnings, async () => {
      people = await readPeople(archive.stream(peoplePart));
    });
  }

  const allowance = createSheetAllowance(limits);
  const pages: Page[] = [];
  for (const { name, id, isHidden } of sheets) {
    if (pages.length >= limits.pagesMax) throw new ExtractionError("too_many_pages");
    let cells = createSheetCells(allowance);
    const besides: string[] = [];
    const part = relationships.find((relationship) => relationship.id === id);
    if (part?.type === "worksheet") {
      await readSparePart(warnings, async () => {
        const read = createSheetCells(allowance);
        await readSheet(archive.stream(part.target), { strings, formats, is1904 }, read);
        cells = read; // only now: half a sheet would be taken for the whole
      });
      const own = await readRelationships(archive, part.target);
      for (const text of await readBesides(own, { archive, people, count, warnings })) besides.push(text);
    }
    if (cells.isTruncated()) warnings.add("truncated");
    pages.push(cells.page(name, isHidden, besides));
  }
  return spreadsheet(pages, archive, warnings);
};

async function readWorkbook(chunks: AsyncIterable<Uint8Array>): Promise<{ sheets: SheetEntry[]; is1904: boolean }> {
  const sheets: SheetEntry[] = [];
  let is1904 = false;
  await parseXml(chunks, {
    open(name, attributes) {
      if (name === "x:sheet") {
        const isHidden = attributes.state === "hidden" || attributes.state === "veryHidden";
        sheets.push({ name: attributes.name ?? "", id: attributes["r:id"] ?? "", isHidden });
      } else if (name === "x:workbookPr") is1904 = attributes.date1904 === "1" || attributes.date1904 === "true";
    },
    close() {},
    text() {},
  });
  return { sheets, is1904 };
}

async function readBesides(relationships: Relationship[], besides: Besides): Promise<string[]> {
  const { archive, people, count, warnings } = besides;
  const texts: string[] = [];
  for (const { type, target } of relationships) {
    if (!archive.has(target)) continue;
    await readSparePart(warnings, async () => {
      const chunks = archive.stream(target);
      let read: string[] = [];
      if (type === "comments") read = await readSheetComments(chunks, count);
      else if (type === "threadedComment") read = await readThreadedComments(chunks, people, count);
      else if (type === "drawing") read = await readSheetBoxes(chunks, count);
      for (const text of read) texts.push(text);
    });
  }
  return texts.filter(Boolean);
}
