import { expect, it } from "vitest";
import { parseXml } from "./xml.ts";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** What is read, as a line: `<name attribute=value> text </name>`. */
async function read(xml: string | Uint8Array, chunkBytes = 7): Promise<string> {
  const bytes = Buffer.from(xml as Uint8Array);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  let seen = "";
  await parseXml(chunks(), {
    open(name, attributes) {
      const written = Object.entries(attributes).filter(([key]) => !key.startsWith("xmlns"));
      seen += `<${[name, ...written.map(([key, value]) => `${key}=${value}`)].join(" ")}>`;
    },
    close: (name) => {
      seen += `</${name}>`;
    },
    text: (text) => {
      seen += text;
    },
  });
  return seen;
}

it("reads any encoding that XML declares or shows", async () => {
  const text = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>été €</a>`;
  expect(await read(text("UTF-8"))).toBe("<a>été €</a>");
  expect(await read(`\ufeff${text("utf-8")}`)).toBe("<a>été €</a>");
  expect(await read(Buffer.from(`\ufeff${text("UTF-16")}`, "utf16le"))).toBe("<a>été €</a>");
  expect(await read(Buffer.from(`\ufeff${text("UTF-16")}`, "utf16le").swap16())).toBe("<a>été €</a>");
  expect(await read(Buffer.from(text("UTF-16"), "utf16le"))).toBe("<a>été €</a>");
  expect(await read(text("UTF-16"))).toBe("<a>été €</a>");
  const latin = Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>\xe9t\xe9 \x80</a>', "latin1");
  expect(await read(latin)).toBe("<a>été €</a>");
});

it("gives names that do not depend on the prefixes, within the scope of each declaration", async () => {
  expect(await read(`<x:p xmlns:x="${W}" x:val="1" id="2"><x:r/></x:p>`)).toBe("<w:p w:val=1 id=2><w:r></w:r></w:p>");
  expect(await read(`<p xmlns="${W}"><r val="1"/></p>`)).toBe("<w:p><w:r val=1></w:r></w:p>");
  expect(await read('<p xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')).toBe("<w:p></w:p>");
  expect(await read(`<a><x:p xmlns:x="${W}"/><x:p/></a>`)).toBe("<a><w:p></w:p><x:p></x:p></a>");
  expect(await read('<w:p xmlns:w="urn:other"/>')).toBe("<not-w:p></not-w:p>");
});

it("uses nothing of a DOCTYPE", async () => {
  expect(await read('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>x</a>')).toBe("<a>x</a>");
  const entity = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>';
  await expect(read(entity)).rejects.toMatchObject({ code: "damaged" });
  const laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>';
  await expect(read(laughs)).rejects.toMatchObject({ code: "damaged" });
  await expect(read("<a>&constructor;</a>")).rejects.toMatchObject({ code: "damaged" });
  expect(await read("<a>&amp;&#233;&lt;</a>")).toBe("<a>&é<</a>");
});

it("refuses what is not well formed, not whole, or not in its encoding", async () => {
  for (const wrong of ["", "<a>", "<a></b>", "<a/><b/>", "<a b='1' b='2'/>", "texte", "<a>\u0001</a>"]) {
    await expect(read(wrong), wrong).rejects.toMatchObject({ code: "damaged" });
  }
  await expect(read(Buffer.from("<a>\xe9</a>", "latin1"))).rejects.toMatchObject({ code: "damaged" });
  await expect(read('<?xml version="1.0" encoding="x-klingon"?><a/>')).rejects.toMatchObject({ code: "damaged" });
});

it("refuses what is too deep, and a text without end", async () => {
  const deep = (depth: number) => "<a>".repeat(depth) + "</a>".repeat(depth);
  expect(await read(deep(500), 1000)).toContain("</a>");
  await expect(read(deep(501), 1000)).rejects.toMatchObject({ code: "too_large_inside" });
  await expect(read(`<a b="${"x".repeat(10_100_000)}"/>`, 65_536)).rejects.toMatchObject({ code: "too_large_inside" });
});

it("says nothing of the file in its errors", async () => {
  const error = await read("<secret></other>").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ message: "damaged" });
  expect(error).not.toHaveProperty("cause");
});
