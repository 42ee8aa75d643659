const OASIS = "urn:oasis:names:tc:opendocument:xmlns";
export const ODF_NAMESPACES = [
  `xmlns:office="${OASIS}:office:1.0" xmlns:text="${OASIS}:text:1.0" xmlns:table="${OASIS}:table:1.0"`,
  `xmlns:style="${OASIS}:style:1.0" xmlns:fo="${OASIS}:xsl-fo-compatible:1.0" xmlns:meta="${OASIS}:meta:1.0"`,
  `xmlns:svg="${OASIS}:svg-compatible:1.0"`,
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"',
].join(" ");

const COLOUR = "#1e1e5a";
const GREY = "#595959";
const QUOTES_MAX = 12;
const MARKS = ["b", "i", "s", "c"];
const ALIGN = { left: "start", center: "center", right: "end" };

/** Named after the marks it holds: « bi » is bold and italic. */
export const spanStyle = (marks: string): string => `T_${marks}`;
export const quoteStyle = (depth: number): string =>
  depth === 1 ? "Quotations" : `Quote_${Math.min(depth, QUOTES_MAX)}`;

const paragraphStyle = (name: string, { parent = "Standard", paragraph = "", text = "", more = "" } = {}): string => {
  const shown = name.replaceAll("_20_", " ");
  return `<style:style style:name="${name}" style:display-name="${shown}" style:family="paragraph"${name === "Standard" ? "" : ` style:parent-style-name="${parent}"`} style:class="text" ${more}><style:paragraph-properties ${paragraph}/><style:text-properties ${text}/></style:style>`;
};

const heading = (level: number, size: number, before: number): string =>
  paragraphStyle(`Heading_20_${level}`, {
    parent: "Heading",
    more: `style:next-style-name="Text_20_body" style:default-outline-level="${level}"`,
    paragraph: `fo:margin-top="${before}cm" fo:margin-bottom="0.2cm"`,
    text: `fo:font-size="${size}pt"`,
  });

const listLevels = (of: (level: number) => string): string =>
  Array.from({ length: 10 }, (_, index) => of(index + 1)).join("");
const place = (level: number): string =>
  `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="${level * 0.8}cm" fo:text-indent="-0.6cm" fo:margin-left="${level * 0.8}cm"/></style:list-level-properties>`;

/** Styles under the names that LibreOffice knows, and shows in French: « Titre 1 », « Corps de texte »… */
export function odtStyles({ header, page, of }: { header: string; page: string; of: string }): string {
  const styles = [
    '<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/><style:text-properties style:font-name="Liberation Sans" fo:font-family="\'Liberation Sans\', Arial, sans-serif" fo:font-size="11pt" fo:language="fr" fo:country="FR"/></style:default-style>',
    paragraphStyle("Standard"),
    paragraphStyle("Text_20_body", { paragraph: 'fo:margin-bottom="0.25cm" fo:line-height="115%"' }),
    paragraphStyle("List", { parent: "Text_20_body", paragraph: 'fo:margin-bottom="0.12cm"' }),
    paragraphStyle("Heading", {
      paragraph: 'fo:keep-with-next="always"',
      text: `fo:font-weight="bold" fo:color="${COLOUR}"`,
    }),
    heading(1, 15, 0.6),
    heading(2, 13, 0.5),
    heading(3, 11.5, 0.4),
    heading(4, 11, 0.35),
    paragraphStyle("Title", {
      paragraph: 'fo:margin-bottom="0.1cm"',
      text: `fo:font-size="20pt" fo:font-weight="bold" fo:color="${COLOUR}"`,
    }),
    paragraphStyle("Subtitle", { paragraph: 'fo:margin-bottom="0.3cm"', text: `fo:color="${GREY}"` }),
    paragraphStyle("Quotations", {
      parent: "Text_20_body",
      paragraph: 'fo:margin-left="1cm" fo:padding-left="0.3cm" fo:border-left="1.5pt solid #9a9ab8"',
      text: 'fo:font-style="italic" fo:color="#404040"',
    }),
    paragraphStyle("Preformatted_20_Text", {
      paragraph: 'fo:background-color="#f2f2f2" fo:margin-bottom="0.25cm" fo:padding="0.15cm"',
      text: 'style:font-name="Liberation Mono" fo:font-family="\'Liberation Mono\', \'Courier New\', monospace" fo:font-size="9pt"',
    }),
    paragraphStyle("Horizontal_20_Line", {
      paragraph: 'fo:margin-bottom="0.4cm" fo:border-bottom="0.75pt solid #9a9ab8"',
    }),
    paragraphStyle("Table_20_Contents", { paragraph: 'fo:margin-bottom="0cm"' }),
    paragraphStyle("Table_20_Heading", { parent: "Table_20_Contents", text: 'fo:font-weight="bold"' }),
    paragraphStyle("Footnote", { text: 'fo:font-size="9pt"' }),
    paragraphStyle("Header", { text: `fo:font-size="8.5pt" fo:color="${GREY}"` }),
    paragraphStyle("Footer", { paragraph: 'fo:text-align="center"', text: `fo:font-size="8.5pt" fo:color="${GREY}"` }),
    '<style:style style:name="Footnote_20_anchor" style:display-name="Footnote anchor" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>',
    '<text:notes-configuration text:note-class="footnote" text:default-style-name="Footnote" text:citation-style-name="Footnote_20_anchor" text:citation-body-style-name="Footnote_20_anchor" style:num-format="1" text:footnotes-position="page" text:start-numbering-at="document"/>',
    `<text:list-style style:name="Bullets">${listLevels((level) => `<text:list-level-style-bullet text:level="${level}" text:bullet-char="${["•", "◦", "▪"][(level - 1) % 3]}">${place(level)}</text:list-level-style-bullet>`)}</text:list-style>`,
    `<text:list-style style:name="Numbers">${listLevels((level) => `<text:list-level-style-number text:level="${level}" style:num-suffix="." style:num-format="1">${place(level)}</text:list-level-style-number>`)}</text:list-style>`,
  ].join("");
  const layout =
    '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="2.2cm" fo:margin-right="2.2cm"/><style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.5cm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>';
  const master = `<style:master-page style:name="Standard" style:page-layout-name="Page"><style:header><text:p text:style-name="Header">${header}</text:p></style:header><style:footer><text:p text:style-name="Footer">${page} <text:page-number text:select-page="current">1</text:page-number> ${of} <text:page-count>1</text:page-count></text:p></style:footer></style:master-page>`;
  return `<?xml version="1.0" encoding="UTF-8"?><office:document-styles ${ODF_NAMESPACES} office:version="1.3"><office:styles>${styles}</office:styles><office:automatic-styles>${layout}</office:automatic-styles><office:master-styles>${master}</office:master-styles></office:document-styles>`;
}

const LOOKS: Record<string, string> = {
  b: 'fo:font-weight="bold"',
  i: 'fo:font-style="italic"',
  s: 'style:text-line-through-style="solid"',
  c: "style:font-name=\"Liberation Mono\" fo:font-family=\"'Liberation Mono', 'Courier New', monospace\"",
};

/** One style for each way of looking, whether the text uses it or not. */
export const odtAutomaticStyles = [
  ...Array.from({ length: 2 ** MARKS.length - 1 }, (_, index) => {
    const marks = MARKS.filter((_, bit) => (index + 1) & (1 << bit));
    return `<style:style style:name="${spanStyle(marks.join(""))}" style:family="text"><style:text-properties ${marks.map((mark) => LOOKS[mark]).join(" ")}/></style:style>`;
  }),
  ...Array.from({ length: QUOTES_MAX - 1 }, (_, index) => {
    const depth = index + 2;
    return `<style:style style:name="${quoteStyle(depth)}" style:family="paragraph" style:parent-style-name="Quotations"><style:paragraph-properties fo:margin-left="${depth}cm"/></style:style>`;
  }),
  ...Object.entries(ALIGN).flatMap(([align, value]) =>
    [
      ["Head", "Table_20_Heading"],
      ["Cell", "Table_20_Contents"],
    ].map(
      ([name, parent]) =>
        `<style:style style:name="${name}_${align}" style:family="paragraph" style:parent-style-name="${parent}"><style:paragraph-properties fo:text-align="${value}"/></style:style>`,
    ),
  ),
  '<style:style style:name="Table" style:family="table"><style:table-properties style:rel-width="100%" table:align="margins"/></style:style>',
  '<style:style style:name="BodyCell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #9a9ab8" fo:padding="0.12cm"/></style:style>',
  '<style:style style:name="HeadCell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #9a9ab8" fo:padding="0.12cm" fo:background-color="#e8e8f2"/></style:style>',
].join("");
