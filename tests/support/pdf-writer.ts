import { createHash } from "node:crypto";

/*
 * A tiny writer of PDF files: objects, pages and content as they are in the format (ISO 32000-1), nothing compressed.
 */

export type PdfPage = {
  content: string;
  /** Names of the content's fonts → their object; F1 is Helvetica. */
  fonts?: Record<string, string>;
  xObjects?: Record<string, string>;
  annotations?: string[];
  size?: [number, number];
  /** More of the page's dictionary. */
  more?: string;
};

const HEADER = "%PDF-1.7\n";

export function pdfWriter() {
  const objects: { head: string; stream: string | null }[] = [];
  const pages: string[] = [];
  const add = (head: string, stream: string | null = null): string => {
    objects.push({ head, stream });
    return `${objects.length} 0 R`;
  };
  const root = add(""); // 1 0 R, known once its parts are
  const tree = add(""); // 2 0 R
  const helvetica = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  let rootMore = "";
  let trailerMore = "";
  let kids: string | null = null;
  let count: number | null = null;

  return {
    /** Adds an object and gives its reference. */
    add,
    tree,
    helvetica,
    addStream: (dictionary: string, content: string) =>
      add(`<< ${dictionary} /Length ${Buffer.byteLength(content, "latin1")} >>`, content),
    page({ content, fonts = {}, xObjects = {}, annotations = [], size = [595, 842], more = "" }: PdfPage): string {
      const entries = (names: Record<string, string>) =>
        Object.entries(names)
          .map(([name, ref]) => `/${name} ${ref}`)
          .join(" ");
      const stream = this.addStream("", content);
      const page = add(
        `<< /Type /Page /Parent ${tree} /MediaBox [0 0 ${size.join(" ")}] /Contents ${stream} ` +
          `/Resources << /Font << /F1 ${helvetica} ${entries(fonts)} >> /XObject << ${entries(xObjects)} >> >> ` +
          `/Annots [${annotations.join(" ")}] ${more} >>`,
      );
      pages.push(page);
      return page;
    },
    /** More of the catalog, such as `/AcroForm` or `/Outlines`. */
    catalog(more: string): void {
      rootMore += ` ${more}`;
    },
    trailer(more: string): void {
      trailerMore += ` ${more}`;
    },
    /** What the page tree says, when it does not say the truth. */
    lie(said: { kids?: string; count?: number }): void {
      kids = said.kids ?? kids;
      count = said.count ?? count;
    },
    bytes(encryption?: { user: string; owner: string }): Buffer {
      const tell = (ref: string, head: string) => {
        const object = objects[Number.parseInt(ref, 10) - 1];
        if (object) object.head = head;
      };
      tell(root, `<< /Type /Catalog /Pages ${tree}${rootMore} >>`);
      tell(tree, `<< /Type /Pages /Kids [${kids ?? pages.join(" ")}] /Count ${count ?? pages.length} >>`);
      const lock = encryption ? lockWith(encryption) : null;
      const parts = objects.map(({ head, stream }, index) => {
        const content = stream === null || !lock ? stream : lock.encrypt(index + 1, stream);
        return `${index + 1} 0 obj\n${head}${content === null ? "" : `\nstream\n${content}\nendstream`}\nendobj\n`;
      });
      const offsets: number[] = [];
      let file = HEADER;
      for (const part of parts) {
        offsets.push(file.length);
        file += part;
      }
      const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
      const more = `${trailerMore}${lock ? ` ${lock.trailer}` : ""}`;
      const end = `trailer\n<< /Size ${parts.length + 1} /Root ${root}${more} >>\nstartxref\n${file.length}\n%%EOF\n`;
      return Buffer.from(`${file}xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${table}${end}`, "latin1");
    },
  };
}

/** Draws text from a point, origin bottom left as in the format. */
export const show = (x: number, y: number, text: string, size = 11, font = "F1"): string =>
  `BT /${font} ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET\n`;

/** Lines under each other, from a point down. */
export const showLines = (x: number, y: number, lines: readonly string[], size = 11, pitch = size * 1.2): string =>
  lines.map((line, index) => show(x, y - index * pitch, line, size)).join("");

const escaped = (text: string): string => text.replace(/[\\()]/g, "\\$&");

/** An image of one grey pixel, drawn as large as said. */
export const image = (x: number, y: number, width: number, height: number): string =>
  `q ${width} 0 0 ${height} ${x} ${y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n`;

/** A one-byte font whose codes mean what is said: "A" → any character. */
export function fontMeaning(writer: ReturnType<typeof pdfWriter>, meanings: Record<string, string>): string {
  const hex = (text: string) => Buffer.from(text, "utf16le").swap16().toString("hex");
  const lines = Object.entries(meanings).map(([code, text]) => `<${Buffer.from(code).toString("hex")}> <${hex(text)}>`);
  const map = writer.addStream(
    "",
    `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def ` +
      `1 begincodespacerange <00> <ff> endcodespacerange ${lines.length} beginbfchar\n${lines.join("\n")}\nendbfchar ` +
      `endcmap end end`,
  );
  return writer.add(
    `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode ${map} >>`,
  );
}

const PADDING = Buffer.from("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A", "hex");
const PERMISSIONS = -4;

/** The standard handler, revision 2: RC4 with a key of 40 bits. */
function lockWith({ user, owner }: { user: string; owner: string }) {
  const md5 = (...parts: Buffer[]) => createHash("md5").update(Buffer.concat(parts)).digest();
  const padded = (password: string) => Buffer.concat([Buffer.from(password, "latin1"), PADDING]).subarray(0, 32);
  const ownerEntry = rc4(md5(padded(owner)).subarray(0, 5), padded(user));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(PERMISSIONS);
  const id = Buffer.from("0123456789abcdef");
  const key = md5(padded(user), ownerEntry, permissions, id).subarray(0, 5);
  return {
    encrypt(number: number, content: string): string {
      const salt = Buffer.from([number & 255, (number >> 8) & 255, (number >> 16) & 255, 0, 0]);
      return rc4(md5(key, salt).subarray(0, 10), Buffer.from(content, "latin1")).toString("latin1");
    },
    trailer:
      `/ID [<${id.toString("hex")}> <${id.toString("hex")}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P ${PERMISSIONS} ` +
      `/O <${ownerEntry.toString("hex")}> /U <${rc4(key, PADDING).toString("hex")}> >>`,
  };
}

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 255] ?? 0;
  const swap = (a: number, b: number) => {
    [state[a], state[b]] = [at(b), at(a)];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255;
      j = (j + at(i)) & 255;
      swap(i, j);
      return byte ^ at(at(i) + at(j));
    }),
  );
}
