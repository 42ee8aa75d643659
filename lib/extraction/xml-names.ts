export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/** The prefix each namespace has in this code, for both the transitional and the strict forms of Office. */
const PREFIXES: Record<string, string> = {
  "http://www.w3.org/XML/1998/namespace": "xml",
  "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
  "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
  "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
  "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
  "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
  "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr",
  "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": "xdr",
  "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": "tc",
  "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
  "http://purl.oclc.org/ooxml/presentationml/main": "p",
  "http://schemas.microsoft.com/office/powerpoint/2018/8/main": "p188",
  "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
  "http://purl.oclc.org/ooxml/drawingml/main": "a",
  "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
  "http://purl.oclc.org/ooxml/drawingml/chart": "c",
  "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
  "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
  "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
  "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
  "http://purl.oclc.org/ooxml/officeDocument/math": "m",
  "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
  "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
  "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
  "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
  "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
  "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0": "presentation",
  "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
  "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
  "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
  "http://purl.org/dc/elements/1.1/": "dc",
  "http://www.w3.org/1998/Math/MathML": "math",
  "http://www.w3.org/1999/xlink": "xlink",
};
const OURS = new Set(Object.values(PREFIXES));
const NAMES_KEPT_MAX = 10_000;

type Scope = { prefixes: Map<string, string>; elements: Map<string, string>; attributes: Map<string, string> };

/** Gives elements and attributes the same names whatever the prefixes a file declares, as it is read. */
export function createXmlNames() {
  const scopes: Scope[] = [{ prefixes: new Map([["xml", "xml"]]), elements: new Map(), attributes: new Map() }];
  /** How many elements are open within each scope. */
  const depths: number[] = [0];

  function enter(tag: string, raw: Record<string, string>): { name: string; attributes: XmlAttributes } {
    const declared = Object.keys(raw).filter((name) => name === "xmlns" || name.startsWith("xmlns:"));
    if (declared.length > 0) declare(declared, raw);
    depths.push((depths.pop() ?? 0) + 1);
    const scope = scopes.at(-1) as Scope;
    const attributes: Record<string, string> = Object.create(null);
    for (const name in raw) {
      attributes[name.includes(":") ? named(name, scope.attributes, scope.prefixes) : name] = raw[name] ?? "";
    }
    return { name: named(tag, scope.elements, scope.prefixes), attributes };
  }

  function declare(declared: string[], raw: Record<string, string>): void {
    const prefixes = new Map(scopes.at(-1)?.prefixes);
    for (const name of declared) prefixes.set(name.slice("xmlns:".length), prefixOf(name, raw[name] ?? ""));
    scopes.push({ prefixes, elements: new Map(), attributes: new Map() });
    depths.push(0);
  }

  function leave(): void {
    const depth = (depths.pop() ?? 1) - 1;
    if (depth > 0 || scopes.length === 1) depths.push(depth);
    else scopes.pop();
  }

  return { enter, leave };
}

function prefixOf(declaration: string, uri: string): string {
  const known = PREFIXES[uri];
  if (known) return known;
  const prefix = declaration.slice("xmlns:".length);
  return OURS.has(prefix) ? `not-${prefix}` : prefix;
}

function named(raw: string, kept: Map<string, string>, prefixes: Map<string, string>): string {
  const before = kept.get(raw);
  if (before !== undefined) return before;
  const colon = raw.indexOf(":");
  const written = colon === -1 ? "" : raw.slice(0, colon);
  const prefix = prefixes.get(written) ?? written;
  const name = prefix === "" ? raw : `${prefix}:${raw.slice(colon + 1)}`;
  if (kept.size >= NAMES_KEPT_MAX) kept.clear();
  kept.set(raw, name);
  return name;
}
