import { writeZip } from "./zip-writer";

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  `xmlns:r="${OFFICE}/relationships"`,
].join(" ");
const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OASIS = "urn:oasis:names:tc:opendocument:xmlns";
const ODF_NAMESPACES = [
  `xmlns:office="${OASIS}:office:1.0" xmlns:text="${OASIS}:text:1.0" xmlns:table="${OASIS}:table:1.0"`,
  `xmlns:draw="${OASIS}:drawing:1.0" xmlns:style="${OASIS}:style:1.0" xmlns:svg="${OASIS}:svg-compatible:1.0"`,
  `xmlns:presentation="${OASIS}:presentation:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"`,
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
].join(" ");

/** Parts besides the main one: `target` is the name of the part, in the folder of the main one unless it is a link. */
export type OfficePart = {
  id?: string;
  type: string;
  target: string;
  content?: string | Uint8Array;
  isExternal?: boolean;
};

/** A Word document of this body, with the parts it refers to. */
export function aDocx(body: string, parts: OfficePart[] = []): Uint8Array {
  return writeZip(docxParts(wordXml("document", `<w:body>${body}</w:body>`), parts));
}

export function docxParts(
  document: string | Uint8Array,
  parts: OfficePart[] = [],
): Record<string, string | Uint8Array> {
  return officeParts("word", "document.xml", document, parts);
}

/** A part of a Word document: "styles", "footnotes", "hdr"… and what it holds. */
export function wordXml(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><w:${root} ${NAMESPACES}>${content}</w:${root}>`;
}

export function paragraph(text: string, properties = ""): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** A presentation of these slides, each the content of its `p:spTree`; `parts` are those of the first slide. */
export function aPptx(slides: string[], parts: OfficePart[] = [], attributes = ""): Uint8Array {
  const files = slides.map((shapes, at) => ({
    id: `s${at}`,
    type: "slide",
    target: `slides/slide${at + 1}.xml`,
    content: slideXml("sld", shapes, attributes),
  }));
  const order = files.map(({ id }) => `<p:sldId r:id="${id}"/>`).join("");
  const presentation = `<p:presentation ${NAMESPACES}><p:sldIdLst>${order}</p:sldIdLst></p:presentation>`;
  return writeZip({
    ...officeParts("ppt", "presentation.xml", presentation, files),
    ...Object.fromEntries(parts.flatMap(({ target, content }) => (content ? [[`ppt/slides/${target}`, content]] : []))),
    "ppt/slides/_rels/slide1.xml.rels": relationships(parts),
  });
}

export function slideXml(root: string, shapes: string, attributes = ""): string {
  return `<p:${root} ${NAMESPACES} ${attributes}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:${root}>`;
}

export function aShape(text: string, { place = "", placeholder = "" } = {}): string {
  const [x, y] = place.split(",");
  const frame = place ? `<a:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="100" cy="100"/></a:xfrm>` : "";
  const paragraphs = text.split("\n").map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`);
  return `<p:sp><p:nvSpPr><p:cNvPr id="1" name=""/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:spPr>${frame}</p:spPr><p:txBody>${paragraphs.join("")}</p:txBody></p:sp>`;
}

type SheetFile = { name: string; rows: string; state?: string };

/** A workbook of these sheets, each the content of its `sheetData`; `parts` are those of the workbook. */
export function anXlsx(sheets: SheetFile[], parts: OfficePart[] = [], properties = ""): Uint8Array {
  const files = sheets.map(({ rows }, at) => ({
    id: `s${at}`,
    type: "worksheet",
    target: `worksheets/sheet${at + 1}.xml`,
    content: `<worksheet xmlns="${SPREADSHEET}"><sheetData>${rows}</sheetData></worksheet>`,
  }));
  const list = sheets.map(
    ({ name, state }, at) => `<sheet name="${name}" r:id="s${at}" state="${state ?? "visible"}"/>`,
  );
  const workbook = `<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}/relationships"><workbookPr ${properties}/><sheets>${list.join("")}</sheets></workbook>`;
  return writeZip(officeParts("xl", "workbook.xml", workbook, [...files, ...parts]));
}

export function sheetXml(root: string, content: string): string {
  return `<${root} xmlns="${SPREADSHEET}">${content}</${root}>`;
}

/** An OpenDocument file: `kind` is "text", "presentation" or "spreadsheet". */
export function anOdf(kind: string, body: string, { styles = "", automatic = "", parts = {} } = {}): Uint8Array {
  const content = `<office:automatic-styles>${automatic}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body>`;
  return writeZip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    "content.xml": odfXml("document-content", content),
    "styles.xml": odfXml("document-styles", styles),
    ...parts,
  });
}

export function odfXml(root: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><office:${root} ${ODF_NAMESPACES}>${content}</office:${root}>`;
}

function officeParts(folder: string, main: string, content: string | Uint8Array, parts: OfficePart[]) {
  return {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": relationships([{ type: "officeDocument", target: `${folder}/${main}` }]),
    [`${folder}/${main}`]: content,
    [`${folder}/_rels/${main}.rels`]: relationships(parts),
    ...Object.fromEntries(parts.flatMap((part) => (part.content ? [[`${folder}/${part.target}`, part.content]] : []))),
  };
}

export function relationships(parts: OfficePart[]): string {
  const list = parts.map(({ id, type, target, isExternal }, at) => {
    const mode = isExternal ? ' TargetMode="External"' : "";
    return `<Relationship Id="${id ?? `r${at}`}" Type="${OFFICE}/relationships/${type}" Target="${target}"${mode}/>`;
  });
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join("")}</Relationships>`;
}
