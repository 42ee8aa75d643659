import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import type { Extraction } from "@/lib/extraction/extraction";
import { newId } from "@/lib/id";
import { findSheetCells, listPages, listSheets, listTitles } from "@/lib/pages/queries";
import { listPassagesToEmbed, saveEmbeddings } from "@/lib/passages/mutations";
import { findRelevantPassages, searchPassages } from "@/lib/passages/queries";
import { anActor, someoneElse } from "@/tests/support/actors";
import { aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { listForgottenFiles } from "./maintenance";
import {
  addDocument,
  markChecked,
  markReady,
  markUnread,
  type NewFile,
  requireRoom,
  resetDocument,
  savePages,
  saveRecognised,
} from "./mutations";
import {
  findFileId,
  findFileToRead,
  getDocument,
  getOriginal,
  getPage,
  isFileKept,
  listAttachedFiles,
  listDocuments,
  listFileStates,
  listPagesToRecognise,
} from "./queries";
import type { DocumentLimits } from "./schema";

setTestSettings();

const limits: DocumentLimits = { fileBytesMax: 1_000, perMessageMax: 5, perAgentMax: 5, agentBytesMax: 5_000 };
const notFound = { code: "document_not_found" };

const named = (id: string) => ({ id, name: "rapport.pdf" });
const aFile = (): NewFile => ({ id: newId(), sha256: newId(), extension: "pdf", sizeBytes: 100 });
const read: Extraction = {
  type: "pdf",
  language: "fr",
  outline: [],
  warnings: [],
  pages: [
    {
      kind: "page",
      label: "i",
      text: "Texte de la page",
      size: { width: 595, height: 842 },
      runs: [{ start: 0, length: 16, x: 72, y: 60.25, width: 90, height: 11 }],
    },
    { kind: "page", label: null, text: "", needsRecognition: true },
  ],
};

const aSheet: Extraction = {
  type: "ods",
  language: "fr",
  outline: [{ title: "Congés", level: 1, page: 1 }],
  warnings: [],
  pages: [{ kind: "sheet", label: "Congés", text: "Congés annuels : 25 jours", cells: [["Congés annuels", 25]] }],
};

/** A document of two pages, the second of which is an image. */
async function aReadDocument(actor: Actor) {
  const documentId = newId();
  const { fileId } = await addDocument(actor, named(documentId), aFile(), limits);
  await markChecked(actor.agentId, fileId);
  await savePages(actor.agentId, fileId, read);
  return { documentId, fileId };
}

onEachDatabase(() => {
  describe("the owner", () => {
    it("adds a document, and follows its reading", async () => {
      const actor = await anActor();
      await requireRoom(actor, 1_000, limits);
      const file = aFile();
      const documentId = newId();
      const { fileId, isNewFile } = await addDocument(actor, named(documentId), file, limits);
      expect([fileId, isNewFile]).toEqual([file.id, true]);
      expect(await findFileToRead(actor.agentId, fileId)).toMatchObject({ state: "received" });
      await markChecked(actor.agentId, fileId);
      expect(await findFileToRead(actor.agentId, fileId)).toMatchObject({ state: "checked" });
      await savePages(actor.agentId, fileId, read);
      expect(await findFileToRead(actor.agentId, fileId)).toBeNull();
      expect(await getDocument(actor, documentId)).toMatchObject({ state: "read", pages: 2, pagesToRecognise: 1 });
      expect(await listPagesToRecognise(actor.agentId, fileId)).toEqual({ type: "pdf", numbers: [2] });
      expect(await saveRecognised(actor.agentId, fileId, 2, { text: "Texte reconnu", places: [] })).toBe(true);
      await markReady(actor.agentId, fileId);
      expect(await listFileStates(actor, [fileId])).toMatchObject([{ id: fileId, state: "ready", pages: 2 }]);
      expect(await listPages(actor, fileId, 1_000)).toMatchObject([
        { number: 1, text: "Texte de la page", isRecognised: false },
        { number: 2, text: "Texte reconnu", isRecognised: true },
      ]);
      expect(await listPages(actor, fileId, 5)).toHaveLength(1);
      expect(await getPage(actor, documentId, 1)).toEqual({
        isDeleted: false,
        name: "rapport.pdf",
        type: "pdf",
        kind: "page",
        label: "i",
        text: "Texte de la page",
        isRecognised: false,
        size: { width: 595, height: 842 },
        runs: [{ start: 0, length: 16, x: 72, y: 60.3, width: 90, height: 11 }],
        pagesTotal: 2,
      });
      expect(await getPage(actor, documentId, 2)).toMatchObject({ isRecognised: true, size: null, runs: null });
      await expect(getPage(actor, documentId, 3)).rejects.toMatchObject(notFound);
      expect(await getOriginal(actor, documentId)).toMatchObject({ fileId, name: "rapport.pdf" });
      expect(await listDocuments(actor, [documentId])).toHaveLength(1);
      expect(await findFileId(actor.agentId, documentId)).toBe(fileId);
      expect(await isFileKept(actor.agentId, fileId)).toBe(true);
    });

    it("has a document that failed read again, and no other", async () => {
      const actor = await anActor();
      const documentId = newId();
      const { fileId } = await addDocument(actor, named(documentId), aFile(), limits);
      expect(await resetDocument(actor, documentId, "retry")).toBeNull();
      await markUnread(actor.agentId, fileId, "failed", "too_long");
      expect(await resetDocument(actor, documentId, "password")).toBeNull();
      expect(await resetDocument(actor, documentId, "retry")).toBe(fileId);
      expect(await getDocument(actor, documentId)).toMatchObject({ state: "received", failureCode: null });
    });
  });

  describe.each(someoneElse)("%s", (_who, create) => {
    it("sees and changes nothing of someone else's document", async () => {
      const [owner, other] = [await anActor(), await create()];
      const { documentId, fileId } = await aReadDocument(owner);
      const { conversationId } = await aRunningTurn(owner);
      expect(await listDocuments(other, [documentId])).toEqual([]);
      expect(await listFileStates(other, [fileId])).toEqual([]);
      expect(await listPages(other, fileId, 1_000)).toEqual([]);
      expect(await listAttachedFiles(other, conversationId)).toEqual({});
      await expect(getDocument(other, documentId)).rejects.toMatchObject(notFound);
      await expect(getOriginal(other, documentId)).rejects.toMatchObject(notFound);
      await expect(getPage(other, documentId, 1)).rejects.toMatchObject(notFound);
      await expect(resetDocument(other, documentId, "retry")).rejects.toMatchObject(notFound);

      // What jobs do is done for the agent they name.
      expect(await findFileToRead(other.agentId, fileId)).toBeNull();
      expect(await findFileId(other.agentId, documentId)).toBeNull();
      expect(await isFileKept(other.agentId, fileId)).toBe(false);
      expect(await listPagesToRecognise(other.agentId, fileId)).toBeNull();
      await savePages(other.agentId, fileId, { ...read, pages: [] });
      expect(await saveRecognised(other.agentId, fileId, 2, { text: "Intrus", places: [] })).toBe(false);
      await markReady(other.agentId, fileId);
      await markUnread(other.agentId, fileId, "refused", "infected");
      expect(await getDocument(owner, documentId)).toMatchObject({ state: "read", pages: 2, failureCode: null });
      expect(await listPages(owner, fileId, 1_000)).toMatchObject([{ text: "Texte de la page" }, { text: "" }]);
    });

    it("reads nothing of what someone else's document says, nor how it is searched", async () => {
      const [owner, other] = [await anActor(), await create()];
      const { fileId } = await addDocument(owner, named(newId()), { ...aFile(), extension: "ods" }, limits);
      await markChecked(owner.agentId, fileId);
      await savePages(owner.agentId, fileId, aSheet);
      const key = { fileId, page: 1, position: 0 };
      const readBy = async (actor: Actor) => [
        (await searchPassages(actor, [fileId], "congés", 9)).length,
        (await findRelevantPassages(actor, [fileId], "congés annuels", 9)).length,
        (await listTitles(actor, fileId)).length,
        (await listSheets(actor, fileId, 9)).length,
        (await findSheetCells(actor, fileId, 1))?.cells.length ?? 0,
        (await listPassagesToEmbed(actor.agentId, fileId, "vecteurs", 9)).length,
      ];
      expect(await readBy(owner)).toEqual([1, 1, 1, 1, 1, 1]);
      expect(await readBy(other)).toEqual([0, 0, 0, 0, 0, 0]);
      await saveEmbeddings(other.agentId, "vecteurs", [{ key, vector: new Int8Array([1]) }]);
      expect(await listPassagesToEmbed(owner.agentId, fileId, "vecteurs", 9)).toHaveLength(1);
    });

    it("has documents, and room, of their own, even for the same bytes", async () => {
      const [owner, other] = [await anActor(), await create()];
      const file = aFile();
      const tight = { ...limits, perAgentMax: 1 };
      await addDocument(owner, named(newId()), file, tight);
      await requireRoom(other, 100, tight);
      const added = await addDocument(other, named(newId()), { ...file, id: newId() }, tight);
      expect(added.isNewFile).toBe(true);
      await expect(requireRoom(owner, 100, tight)).rejects.toMatchObject({ code: "documents_too_many" });
    });
  });

  it("shows to sweeps only which files wait, never whose content they hold", async () => {
    const actor = await anActor();
    await addDocument(actor, named(newId()), aFile(), limits);
    // Just received: nobody has forgotten it yet.
    expect(await listForgottenFiles()).toEqual([]);
  });
});
