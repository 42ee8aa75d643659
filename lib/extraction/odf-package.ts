import { ExtractionError, type ReadingLimits, type WarningCode } from "./extraction.ts";
import { createOdfStyles, type OdfStyles } from "./odf-styles.ts";
import { openOfficePackage, readSparePart } from "./office-package.ts";
import { parseXml } from "./xml.ts";
import type { Archive } from "./zip.ts";

const ENCRYPTED_PART = /^(content\.xml|encrypted-package)$/;

/** Opens an OpenDocument file that has a content; `password_needed` when its manifest says it is encrypted. */
export async function openOdfPackage(bytes: Uint8Array, limits: ReadingLimits): Promise<Archive> {
  const archive = await openOfficePackage(bytes, limits);
  if (archive.has("META-INF/manifest.xml") && (await isEncrypted(archive)))
    throw new ExtractionError("password_needed");
  if (!archive.has("content.xml")) throw new ExtractionError("damaged");
  return archive;
}

/** The common styles, of styles.xml; those of content.xml are to be added as it is read. */
export async function readOdfStyles(archive: Archive, warnings: Set<WarningCode>): Promise<OdfStyles> {
  const styles = createOdfStyles();
  if (archive.has("styles.xml")) {
    const handlers = { open: styles.open, close: styles.close, text() {} };
    await readSparePart(warnings, () => parseXml(archive.stream("styles.xml"), handlers));
  }
  return styles;
}

async function isEncrypted(archive: Archive): Promise<boolean> {
  let part = "";
  let isFound = false;
  await parseXml(archive.stream("META-INF/manifest.xml"), {
    open(name, attributes) {
      if (name === "manifest:file-entry") part = attributes["manifest:full-path"] ?? "";
      else if (name === "manifest:encryption-data") isFound ||= ENCRYPTED_PART.test(part);
    },
    close() {},
    text() {},
  });
  return isFound;
}
