import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { writeZip } from "@/tests/support/zip-writer";
import { detectType } from "./detect-type.ts";

const bytes = (text: string, encoding: BufferEncoding = "utf8") => new Uint8Array(Buffer.from(text, encoding));
const office = (main: string) => writeZip({ "[Content_Types].xml": "<Types/>", "_rels/.rels": "", [main]: "<x/>" });
const openDocument = (kind: string) =>
  writeZip({ mimetype: `application/vnd.oasis.opendocument.${kind}`, "content.xml": "<x/>" }, { isStored: true });
/** The mark of an OLE container, and the names of its streams as its directory has them. */
const ole = (...streams: string[]) =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      Buffer.alloc(504),
      ...streams.map((name) => Buffer.concat([Buffer.from(`${name}\0`, "utf16le"), Buffer.alloc(64)])),
    ]),
  );
const exe = new Uint8Array(Buffer.concat([Buffer.from("MZ\x90\x00\x03\x00\x00\x00"), Buffer.alloc(500)]));
const video = new Uint8Array(Buffer.concat([Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isomiso2"), Buffer.alloc(200)]));
const pdf = bytes("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n", "latin1");
const picture = (format: "png" | "jpeg" | "webp" | "gif" | "tiff") =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
    .toFormat(format)
    .toBuffer();

const refusal = async (content: Uint8Array, name: string) => {
  const found = await detectType(content, name).catch((error: unknown) => error);
  return typeof found === "string" ? found : (found as { code: string }).code;
};

describe("the type of a file", () => {
  it.each([
    ["a.pdf", pdf, "pdf"],
    ["a.pdf", bytes("\n \n%PDF-1.4\n1 0 obj"), "pdf"],
    ["a.docx", office("word/document.xml"), "docx"],
    ["a.DOCM", office("word/document.xml"), "docx"],
    ["a.dotx", office("word/document2.xml"), "docx"],
    ["a.xlsm", office("xl/workbook.xml"), "xlsx"],
    ["a.pptm", office("ppt/presentation.xml"), "pptx"],
    ["a.ppsx", office("ppt/presentation.xml"), "pptx"],
    ["a.odt", openDocument("text"), "odt"],
    ["a.ott", openDocument("text-template"), "odt"],
    ["a.ods", openDocument("spreadsheet"), "ods"],
    ["a.odp", openDocument("presentation"), "odp"],
    ["a.rtf", bytes("{\\rtf1 a}"), "rtf"],
    ["a.doc", bytes("{\\rtf1 a}"), "rtf"],
    ["a.tsv", bytes("a\tb"), "csv"],
    ["a.csv", bytes("a;é", "latin1"), "csv"],
    ["a.htm", bytes("<p>a"), "html"],
    ["a.xhtml", bytes("<p>a"), "html"],
    ["a.markdown", bytes("# a"), "md"],
    ["a.eml", bytes("From: a@b.fr\n\nx"), "eml"],
    ["a.txt", bytes("\ufeffété", "utf16le"), "txt"],
    ["a.txt", bytes("sans marque, en seize bits", "utf16le"), "txt"],
    ["MZ.txt", bytes("MZ est un début de texte comme un autre"), "txt"],
    ["LISEZMOI", bytes("Bonjour"), "txt"],
    ["note du 12.03", pdf, "pdf"],
    ["facture", pdf, "pdf"],
  ] as const)("%s is what its content and its name say together", async (name, content, type) => {
    expect(await detectType(content, name)).toBe(type);
  });

  it("believes the content of a picture rather than its name", async () => {
    expect(await detectType(await picture("jpeg"), "photo.png")).toBe("jpeg");
    expect(await detectType(await picture("webp"), "photo.jpg")).toBe("webp");
    expect(await detectType(await picture("gif"), "photo.gif")).toBe("gif");
    expect(await refusal(await picture("tiff"), "photo.jpg")).toBe("unsupported_type");
  });

  it.each([
    ["a.docx", pdf],
    ["a.txt", pdf],
    ["a.pdf", exe],
    ["a.docx", exe],
    ["a.pdf", office("word/document.xml")],
    ["a.odt", office("word/document.xml")],
    ["a.docx", writeZip({ "virus.js": "x" })],
    ["a.pdf", bytes("<html>Votre session a expiré")],
    ["a.png", bytes("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["a.pdf", video],
    ["facture.exe", pdf],
    ["a.docx", ole("Root Entry", "__properties_version1.0")],
  ])("refuses %s when its content is something else", async (name, content) => {
    expect(await refusal(content, name)).toBe("type_mismatch");
  });

  it.each([
    ["a.exe", exe],
    ["a.zip", writeZip({ "a.txt": "a" })],
    ["a.epub", writeZip({ mimetype: "application/epub+zip" }, { isStored: true })],
    ["a.svg", bytes("<svg/>")],
    ["a.json", bytes("{}")],
    ["a.mp4", video],
    ["a.txt", new Uint8Array(randomBytes(5_000))],
    ["a.msg", ole("__properties_version1.0")],
  ])("does not read %s", async (name, content) => {
    expect(await refusal(content, name)).toBe("unsupported_type");
  });

  it("says of an old Office document that it is old, and of a protected one that it needs its password", async () => {
    expect(await refusal(ole("WordDocument"), "a.doc")).toBe("legacy_office");
    expect(await refusal(ole("Workbook"), "a.xls")).toBe("legacy_office");
    expect(await refusal(ole("PowerPoint Document"), "a.ppt")).toBe("legacy_office");
    expect(await refusal(ole("WordDocument"), "a.docx")).toBe("legacy_office");
    expect(await refusal(ole("EncryptionInfo", "EncryptedPackage"), "a.xlsx")).toBe("password_needed");
  });

  it("says of nothing that it is empty, and of noise under a known name that it is damaged", async () => {
    expect(await refusal(new Uint8Array(), "a.pdf")).toBe("empty_file");
    expect(await refusal(new Uint8Array(2_000), "a.pdf")).toBe("damaged");
    expect(await refusal(new Uint8Array(2_000), "a.docx")).toBe("damaged");
  });

  it("leaves a ZIP that was cut short to its reader", async () => {
    expect(await detectType(office("word/document.xml").subarray(0, 80), "a.docx")).toBe("docx");
    expect(await refusal(office("word/document.xml").subarray(0, 80), "a.pdf")).toBe("type_mismatch");
  });
});
