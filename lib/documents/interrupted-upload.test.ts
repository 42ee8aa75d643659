import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { documents, files } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { frenchSentence } from "@/lib/errors/french";
import type { Extraction } from "@/lib/extraction/extraction";
import { newId } from "@/lib/id";
import { stopJobs } from "@/lib/jobs/mutations";
import { listPages } from "@/lib/pages/queries";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send } from "@/tests/support/documents";
import { setTestSettings } from "@/tests/support/settings";
import { addDocument, markReady, requireRoom, savePages, saveRecognised } from "./mutations";
import { getDocument } from "./queries";
import { receiveDocument } from "./receive-document";

const folder = mkdtempSync(join(tmpdir(), "interrupted-upload-test-"));
setTestSettings({ DATA_DIR: folder, DOCUMENT_MEGABYTES_MAX: "2", DOCUMENTS_MEGABYTES_PER_AGENT_MAX: "2" });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const storedFiles = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());

const rowsOf = (actor: Actor) =>
  asMember(actor.agentId, async (tx) => [
    ...(await tx.select({ id: documents.id }).from(documents)),
    ...(await tx.select({ id: files.id }).from(files)),
  ]);

/** Half a megabyte, then what breaks. */
async function* half(breaks: () => Promise<never>): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(500_000, "a");
  await breaks();
}

async function expectNothingLeft(actor: Actor, before: string[]): Promise<void> {
  expect(storedFiles()).toEqual(before);
  expect(await rowsOf(actor)).toEqual([]);
}

const receive = (actor: Actor, bytes: AsyncIterable<Uint8Array>, sizeBytes = 1_000_000, id = newId()) =>
  receiveDocument(actor, { id, name: "gros.txt", sizeBytes, bytes });

onEachDatabase(() => {
  afterAll(() => stopJobs());

  it("an upload that is cut leaves neither bytes nor rows, and is received when it is sent again", async () => {
    const actor = await anActor();
    const before = storedFiles();
    const id = newId();
    const cut = half(async () => {
      throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    });
    await expect(receive(actor, cut, 1_000_000, id)).rejects.toMatchObject({ code: "document_interrupted" });
    await expectNothingLeft(actor, before);
    expect(await send(actor, "gros.txt", "Entier", id)).toMatchObject({ id, state: "received" });
  });

  it("a disk that fills up during an upload is said as it is, and nothing of the file is left", async () => {
    const actor = await anActor();
    const before = storedFiles();
    // What the system says of a full disk, from the device that always is.
    const full = half(async () => {
      await writeFile("/dev/full", "x");
      throw new Error("it was written");
    });
    const refused: unknown = await receive(actor, full).catch((error) => error);
    expect(refused).toMatchObject({ code: "document_storage_full" });
    expect(frenchSentence({ code: "document_storage_full" })).toMatch(/^Le serveur n’a plus de place/);
    await expectNothingLeft(actor, before);
  });

  it("an agent's room that runs out during an upload, whatever was announced, is said with its size", async () => {
    const actor = await anActor();
    await send(actor, "a.txt", Buffer.alloc(1_200_000, "a"));
    const before = storedFiles();
    const rows = await rowsOf(actor);
    const lying = (async function* () {
      yield Buffer.alloc(900_000, "b");
    })();
    await expect(receive(actor, lying, 10)).rejects.toMatchObject({
      code: "documents_too_many_bytes",
      details: { max: 2 },
    });
    expect(frenchSentence({ code: "documents_too_many_bytes", details: { max: 2 } })).toMatch(
      /^Vos documents dépasseraient 2\sMo\. Supprimez-en/,
    );
    const room = { fileBytesMax: 2e9, perMessageMax: 9, perAgentMax: 9, agentBytesMax: 1_024_000_000 };
    const refusal = await requireRoom(actor, 1_100_000_000, room).catch((error) => error);
    expect(frenchSentence(refusal)).toMatch(/^Vos documents dépasseraient 1\sGo\. Supprimez-en/);
    expect(storedFiles()).toEqual(before);
    expect(await rowsOf(actor)).toEqual(rows);
  });

  describe("two processes that read the same file, one of which was thought dead,", () => {
    const read = (text: string): Extraction => ({
      type: "pdf",
      language: "fr",
      outline: [],
      warnings: [],
      pages: [
        { kind: "page", label: null, text },
        { kind: "page", label: null, text: "", needsRecognition: true },
      ],
    });

    it("store each page once: what the first one stored stays", async () => {
      const actor = await anActor();
      const documentId = newId();
      const file = { id: newId(), sha256: newId(), extension: "pdf", sizeBytes: 100 };
      const limits = { fileBytesMax: 1_000, perMessageMax: 5, perAgentMax: 5, agentBytesMax: 5_000 };
      const { fileId } = await addDocument(actor, { id: documentId, name: "a.pdf" }, file, limits);
      await savePages(actor.agentId, fileId, read("Premier"));
      expect(await saveRecognised(actor.agentId, fileId, 2, { text: "Reconnu", places: [] })).toBe(true);
      await savePages(actor.agentId, fileId, read("Second"));
      expect(await saveRecognised(actor.agentId, fileId, 2, { text: "Encore", places: [] })).toBe(true);
      await markReady(actor.agentId, fileId);
      await savePages(actor.agentId, fileId, read("Trop tard"));
      expect(await listPages(actor, fileId, 1_000)).toMatchObject([{ text: "Premier" }, { text: "Reconnu" }]);
      expect(await getDocument(actor, documentId)).toMatchObject({ state: "ready", pages: 2, pagesRecognised: 1 });
    });
  });
});
