import sharp from "sharp";
import { pdfWriter } from "./pdf-writer.ts";

/** A PDF of one page that is the picture of a line of text. */
export async function aScan(line: string): Promise<Buffer> {
  const picture = await sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="400"><rect width="100%" height="100%" fill="white"/>' +
        `<text x="80" y="200" font-family="DejaVu Sans, sans-serif" font-size="56">${line}</text></svg>`,
    ),
  )
    .jpeg()
    .toBuffer();
  const writer = pdfWriter();
  const image = writer.addStream(
    "/Type /XObject /Subtype /Image /Width 1240 /Height 400 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
    picture.toString("latin1"),
  );
  writer.page({ content: "q 595 0 0 192 0 600 cm /Im1 Do Q", xObjects: { Im1: image } });
  return writer.bytes();
}
