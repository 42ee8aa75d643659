import { crc32, deflateSync } from "node:zlib";
import { docxParts, paragraph, wordXml } from "./office-files.ts";
import { pdfWriter, show } from "./pdf-writer.ts";
import { writeZip } from "./zip-writer.ts";

/** A Word document of one paragraph, with parts that nothing in it refers to. */
export const docxOf = (text: string, besides: Record<string, Uint8Array> = {}): Uint8Array =>
  writeZip({ ...docxParts(wordXml("document", `<w:body>${paragraph(text)}</w:body>`)), ...besides });

/** A PDF of one page; looped, its tree of pages contains itself. */
export function pdfOf(text: string, { isLooped = false, size = 11 } = {}): Buffer {
  const writer = pdfWriter();
  writer.page({ content: show(60, 700, text, size) });
  if (isLooped) writer.lie({ kids: writer.tree, count: 1 });
  return writer.bytes();
}

/** A PDF that has the same page so many times. */
export function manyPages(count: number): Buffer {
  const writer = pdfWriter();
  const page = writer.page({ content: show(60, 700, "Bonjour") });
  writer.lie({ kids: `${page} `.repeat(count), count });
  return writer.bytes();
}

/** A PDF that would call an address as it opens, as its page is shown and as its form is filled. */
export function pdfWithScript(address: string): Buffer {
  const writer = pdfWriter();
  const script = `<< /S /JavaScript /JS (app.launchURL("${address}"); fetch("${address}"); globalThis.process.exit(1)) >>`;
  writer.catalog(`/OpenAction ${script} /AA << /WC ${script} >>`);
  writer.catalog(`/Names << /JavaScript << /Names [(a) ${script}] >> >>`);
  writer.page({ content: show(60, 700, "Bonjour"), more: `/AA << /O ${script} >>` });
  return writer.bytes();
}

/** A PDF whose page is one image of so many points on a side, in a few kilobytes. */
export function pdfWithGiantImage(side: number): Buffer {
  const writer = pdfWriter();
  const image = writer.addStream(
    `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode`,
    deflateSync(Buffer.alloc(10_000_000)).toString("latin1"),
  );
  writer.page({ content: "q 595 0 0 842 0 0 cm /Im1 Do Q", xObjects: { Im1: image } });
  return writer.bytes();
}

/** A PNG that announces a size and holds next to nothing. */
export function announcedPng(width: number, height: number): Uint8Array {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
