import { existsSync, readdirSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { asc } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { filePages, files, passages } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { getDocument } from "@/lib/documents/queries";
import type { DocumentSummary } from "@/lib/documents/schema";
import { newId } from "@/lib/id";
import { anActor } from "@/tests/support/actors";
import { isPostgresThere } from "@/tests/support/database";
import { pdfWriter, showLines } from "@/tests/support/pdf-writer";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear } from "@/tests/support/turns";
import { aBrowserOf, anInstance, type Instance } from "./support/instance";
import { sharedVariables } from "./support/shared-variables";

/*
 * The built application in processes of its own, that are killed while they read documents; others, on the same database and the
 * same folder, end their work.
 */
const upstream = await startScriptedModel();
afterAll(() => upstream.close());
const model = { LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "essai", LLM_LABEL: "Modèle d’essai" };
setTestSettings(model);

const PDF_PAGES = 1_500;
const SCANNED_PAGES = 5;
const MARK = "marquedudossier";
/** The work of a dead process must be taken up within this time, and done. */
const TAKEN_UP_MS = 90_000;

const shared = async () => ({ ...model, ...(await sharedVariables()) });

function aLargePdf(): Uint8Array<ArrayBuffer> {
  const writer = pdfWriter();
  for (let page = 1; page <= PDF_PAGES; page += 1) {
    const lines = Array.from({ length: 45 }, (_, line) => `Ligne ${line} de la page ${page}, ${MARK} et la suite.`);
    writer.page({ content: showLines(72, 770, lines) });
  }
  return Uint8Array.from(writer.bytes());
}

async function aScan(): Promise<Uint8Array<ArrayBuffer>> {
  const writer = pdfWriter();
  for (let page = 1; page <= SCANNED_PAGES; page += 1) {
    const lines = Array.from(
      { length: 20 },
      (_, line) =>
        `<text x="80" y="${120 + line * 80}" font-size="48">Le dossier de la page ${page} est complet.</text>`,
    );
    const picture = await sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754" font-family="DejaVu Sans, sans-serif"><rect width="100%" height="100%" fill="white"/>${lines.join("")}</svg>`,
      ),
    )
      .jpeg()
      .toBuffer();
    const image = writer.addStream(
      "/Type /XObject /Subtype /Image /Width 1240 /Height 1754 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
      picture.toString("latin1"),
    );
    writer.page({ content: "q 595 0 0 842 0 0 cm /Im1 Do Q", xObjects: { Im1: image } });
  }
  return Uint8Array.from(writer.bytes());
}

/** Resolves when the document is as wanted; `look` sees each state before that. */
async function until(
  actor: Actor,
  { id }: DocumentSummary,
  isWanted: (document: DocumentSummary) => boolean,
  { look = () => () => {}, everyMs = 50 }: { look?: () => (document: DocumentSummary) => void; everyMs?: number } = {},
): Promise<DocumentSummary> {
  for (const end = Date.now() + TAKEN_UP_MS; Date.now() < end; ) {
    const seen = look();
    const document = await getDocument(actor, id);
    seen(document);
    if (isWanted(document)) return document;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`still so: ${JSON.stringify(await getDocument(actor, id))}`);
}

/** What is stored of an agent's files, and where its passages are. */
const stored = (actor: Actor) =>
  asMember(actor.agentId, async (tx) => ({
    files: await tx.select({ id: files.id, pagesRecognised: files.pagesRecognised }).from(files),
    pages: await tx
      .select({ number: filePages.number, text: filePages.text })
      .from(filePages)
      .orderBy(asc(filePages.number)),
    passages: await tx.select({ page: passages.page, text: passages.text }).from(passages),
  }));

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe.runIf(isPostgresThere)("a file that the framework would cut at 10 MB", () => {
  it("arrives whole, is read, and is given back as it was", async () => {
    const variables = await shared();
    const actor = await anActor();
    const browser = await aBrowserOf(actor);
    const instance = await anInstance(variables);
    const writer = pdfWriter();
    writer.addStream("", "x".repeat(12_000_000));
    writer.page({ content: showLines(72, 770, [`La page unique du ${MARK}.`]) });
    const bytes = Uint8Array.from(writer.bytes());
    const document = await browser.attach(instance, "volumineux.pdf", bytes);
    expect(document.sizeBytes).toBe(bytes.length);
    expect(await until(actor, document, ({ state }) => state === "ready")).toMatchObject({ pages: 1 });
    expect((await stored(actor)).pages[0]?.text).toContain(MARK);
    const original = await browser.get(instance, `/api/documents/${document.id}/original`);
    expect(Buffer.compare(Buffer.from(await original.arrayBuffer()), bytes)).toBe(0);
  }, 120_000);
});

describe.runIf(isPostgresThere)("a process killed while it reads", () => {
  it("a large PDF leaves it to another, which reads it once and whole; nothing of it reaches a model before", async () => {
    const variables = await shared();
    const actor = await anActor();
    const browser = await aBrowserOf(actor);
    const victim = await anInstance(variables);
    const bytes = aLargePdf();
    const document = await browser.attach(victim, "dossier.pdf", bytes);
    await until(actor, document, ({ state }) => state !== "received");
    victim.child.kill("SIGKILL");
    await victim.ended;
    expect(await getDocument(actor, document.id)).toMatchObject({ state: "checked", pages: null });
    expect((await stored(actor)).pages).toEqual([]);

    const survivor = await anInstance(variables);
    const asked = browser.ask(survivor, aQuestion("Que dit-il ?", { documentIds: [document.id] })).then(hear);
    const ready = await until(actor, document, ({ state }) => state === "ready", {
      look: () => {
        const heard = JSON.stringify(upstream.requests.map(({ body }) => body.messages));
        return ({ state }) => {
          if (state !== "ready") expect(heard).not.toContain(MARK);
        };
      },
    });
    expect(ready).toMatchObject({ pages: PDF_PAGES, failureCode: null });
    expect((await asked).end).toMatchObject({ status: "completed" });
    const { pages, passages: found } = await stored(actor);
    expect(pages.map(({ number }) => number)).toEqual(numbers(PDF_PAGES));
    expect(pages.every(({ number, text }) => text.includes(`de la page ${number}, ${MARK}`))).toBe(true);
    expect(new Set(found.map(({ page, text }) => `${page} ${text}`)).size).toBe(found.length);

    expect(await browser.attach(survivor, "copie.pdf", bytes)).toMatchObject({ state: "ready", pages: PDF_PAGES });
    expect((await stored(actor)).files).toHaveLength(1);
  }, 240_000);

  it("the images of a scan leaves them to another, which goes on where it was and recognises none twice", async () => {
    const variables = await shared();
    const actor = await anActor();
    const browser = await aBrowserOf(actor);
    const victim = await anInstance(variables);
    const document = await browser.attach(victim, "scan.pdf", await aScan());
    const before = await until(actor, document, ({ pagesRecognised }) => pagesRecognised > 0);
    victim.child.kill("SIGKILL");
    await victim.ended;
    const dead = await getDocument(actor, document.id);
    expect(before).toMatchObject({ state: "read", pagesToRecognise: SCANNED_PAGES });
    expect(dead.pagesRecognised).toBeLessThan(SCANNED_PAGES);
    const kept = (await stored(actor)).pages.filter(({ text }) => text !== "");
    expect(kept).toHaveLength(dead.pagesRecognised);

    const survivor = await anInstance(variables);
    const ready = await until(actor, document, ({ state }) => state === "ready", {
      look:
        () =>
        ({ pagesRecognised }) =>
          expect(pagesRecognised).toBeGreaterThanOrEqual(dead.pagesRecognised),
    });
    expect(ready).toMatchObject({ pages: SCANNED_PAGES, pagesRecognised: SCANNED_PAGES });
    const { pages, passages: found } = await stored(actor);
    expect(pages.map(({ number }) => number)).toEqual(numbers(SCANNED_PAGES));
    expect(pages.slice(0, kept.length)).toEqual(kept);
    for (const { number, text } of pages) expect(text).toContain(`de la page ${number} est complet`);
    expect(new Set(found.map(({ page, text }) => `${page} ${text}`)).size).toBe(found.length);
    expect(survivor.printed()).not.toContain("de la page");
  }, 240_000);
});

it.runIf(isPostgresThere)(
  "an upload whose sender leaves, or whose process is killed, leaves neither bytes nor rows",
  async () => {
    const variables = await shared();
    const actor = await anActor();
    const browser = await aBrowserOf(actor);
    const incoming = join(variables.DATA_DIR, "files", "incoming");
    const arriving = () => (existsSync(incoming) ? readdirSync(incoming) : []);
    /** Sends the first half of a file. */
    const begin = async ({ origin }: Instance) => {
      const query = new URLSearchParams({ id: newId(), name: "gros.txt" });
      const upload = request(`${origin}/api/documents?${query}`, {
        method: "POST",
        headers: {
          cookie: browser.cookie,
          origin,
          "content-type": "application/octet-stream",
          "content-length": 2_000_000,
        },
      });
      upload.on("error", () => {}); // it is broken on purpose
      upload.write(Buffer.alloc(1_000_000, "a"));
      await expect.poll(() => arriving().length, { timeout: 10_000 }).toBe(1);
      return upload;
    };
    const rows = async () => (await stored(actor)).files;

    const victim = await anInstance(variables);
    (await begin(victim)).destroy();
    await expect.poll(arriving, { timeout: 10_000 }).toEqual([]);
    expect(await rows()).toEqual([]);

    await begin(victim);
    victim.child.kill("SIGKILL");
    await victim.ended;
    expect(arriving()).toHaveLength(1);
    const next = await anInstance(variables);
    await browser.attach(next, "note.txt", Uint8Array.from(Buffer.from("Bonjour")));
    expect(arriving()).toEqual([]);
    expect(await rows()).toHaveLength(1);
    expect(victim.printed()).not.toContain('"level":"error"');
  },
  120_000,
);
