import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listPages } from "@/lib/pages/queries";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { pdfWriter } from "@/tests/support/pdf-writer";
import { startScriptedOcr } from "@/tests/support/scripted-ocr";
import { setTestSettings } from "@/tests/support/settings";
import { getOriginal } from "./queries";
import { startReadingFiles } from "./read-files";

const folder = mkdtempSync(join(tmpdir(), "recognise-file-test-"));
const ocr = await startScriptedOcr();
setTestSettings({
  DATA_DIR: folder,
  LLM_BASE_URL: "http://127.0.0.1:9/v1",
  LLM_MODEL: "modele",
  OCR_BASE_URL: ocr.baseUrl,
  OCR_MODEL: "lecture",
  RECOGNITION_PAGES_MAX: "2",
});
afterAll(async () => {
  await ocr.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Small pages that are each a grey picture. */
function aScanOf(pages: number): Buffer {
  const writer = pdfWriter();
  const image = writer.addStream(
    "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8",
    "\x60".repeat(64),
  );
  for (let page = 0; page < pages; page += 1)
    writer.page({ content: "q 90 0 0 120 0 0 cm /Im1 Do Q", xObjects: { Im1: image }, size: [90, 120] });
  return writer.bytes();
}

onEachDatabase(() => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(() => stop());

  it("recognises as many pages of a scan as it may, in order, and says how many there were", async () => {
    const actor = await anActor();
    ocr.answer({ markdown: "Première page" }, { markdown: "Deuxième page" }, { markdown: "De trop" });
    const document = await settled(actor, await send(actor, "dossier.pdf", aScanOf(3)));
    expect(document).toMatchObject({ state: "ready", pages: 3, pagesToRecognise: 3, pagesRecognised: 2 });
    const { fileId } = await getOriginal(actor, document.id);
    const pages = await listPages(actor, fileId, 10_000);
    expect(pages.map(({ text, isRecognised }) => [text, isRecognised])).toEqual([
      ["Première page", true],
      ["Deuxième page", true],
      ["", false],
    ]);
    expect(ocr.requests).toHaveLength(2);
  });
});
