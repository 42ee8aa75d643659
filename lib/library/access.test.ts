import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { documents, files, messageDocuments } from "@/db/schema/documents";
import { openTurn } from "@/lib/assistant/mutations";
import type { Actor } from "@/lib/auth/actor";
import { addDocument, savePages } from "@/lib/documents/mutations";
import { listAttachedFiles } from "@/lib/documents/queries";
import { newId } from "@/lib/id";
import { endTurn } from "@/lib/turns/mutations";
import { anActor, someoneElse } from "@/tests/support/actors";
import { aModel, anOpenedTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion } from "@/tests/support/turns";
import { deleteDocument, hideDocument, purgeDocument, restoreDocument } from "./mutations";
import { getLibraryUsage, listLibrary } from "./queries";
import { UNDOABLE_SECONDS } from "./rules";

setTestSettings({});
const LIMITS = { fileBytesMax: 1e9, perMessageMax: 100, perAgentMax: 1_000, agentBytesMax: 1e12 };
const notFound = { code: "document_not_found" };

async function aDocument(actor: Actor, name = "rapport.pdf") {
  const id = newId();
  const file = { id: newId(), sha256: newId(), sizeBytes: 100, extension: "pdf" };
  const { fileId } = await addDocument(actor, { id, name }, file, LIMITS);
  const pages = [{ kind: "page" as const, label: null, text: "Le mot rare" }];
  await savePages(actor.agentId, fileId, { type: "pdf", pages, outline: [], language: "fr", warnings: [] });
  return { id, fileId };
}

/** As if it had been hidden long ago. */
const longAgo = (actor: Actor) =>
  asMember(actor.agentId, (tx) =>
    tx.update(documents).set({ deletedAt: sql`now() - make_interval(secs => ${UNDOABLE_SECONDS + 5})` }),
  );

const isStored = async (actor: Actor, fileId: string) =>
  (await asMember(actor.agentId, (tx) => tx.select({ id: files.id }).from(files))).some(({ id }) => id === fileId);

onEachDatabase(() => {
  describe("the owner", () => {
    it("removes a document, which is gone at once and can come back for a while", async () => {
      const actor = await anActor();
      const { id, fileId } = await aDocument(actor);
      await hideDocument(actor, id);
      await expect(hideDocument(actor, id)).rejects.toMatchObject(notFound);
      await expect(deleteDocument(actor, id)).rejects.toMatchObject(notFound);
      expect(await purgeDocument(actor.agentId, id)).toBeNull();
      expect(await isStored(actor, fileId)).toBe(true);
      await restoreDocument(actor, id);
      await expect(restoreDocument(actor, id)).rejects.toMatchObject(notFound);
      expect((await listLibrary(actor)).documents).toMatchObject([{ id }]);
    });

    it("finds it gone for good after that", async () => {
      const actor = await anActor();
      const { id, fileId } = await aDocument(actor);
      expect(await purgeDocument(actor.agentId, id)).toBeNull();
      await hideDocument(actor, id);
      await longAgo(actor);
      await expect(restoreDocument(actor, id)).rejects.toMatchObject(notFound);
      expect(await purgeDocument(actor.agentId, id)).toBe(fileId);
      expect(await purgeDocument(actor.agentId, id)).toBeNull();
      expect(await isStored(actor, fileId)).toBe(false);
    });

    it("uses a document again in another conversation, and both say when it is removed", async () => {
      const actor = await anActor();
      const { id } = await aDocument(actor);
      const asked = [
        aQuestion("Première", { documentIds: [id] }),
        aQuestion("Seconde", { documentIds: [id, id] }), // once, however often it is named
      ];
      for (const question of asked) await anOpenedTurn(actor, question);
      const listed = () =>
        Promise.all(asked.map(async (one) => (await listAttachedFiles(actor, one.conversationId))[one.questionId]));
      expect(await listed()).toEqual(Array(2).fill([{ id, name: "rapport.pdf", isDeleted: false }]));
      await hideDocument(actor, id);
      expect(await listed()).toEqual(Array(2).fill([{ id, name: "rapport.pdf", isDeleted: true }]));
      await expect(anOpenedTurn(actor, aQuestion("Troisième", { documentIds: [id] }))).rejects.toMatchObject(notFound);
      await restoreDocument(actor, id);
      expect(await listed()).toEqual(Array(2).fill([{ id, name: "rapport.pdf", isDeleted: false }]));
      await deleteDocument(actor, id);
      expect(await listed()).toEqual(Array(2).fill([{ id, name: "rapport.pdf", isDeleted: true }]));
      await expect(anOpenedTurn(actor, aQuestion("Quatrième", { documentIds: [id] }))).rejects.toMatchObject(notFound);
    });
  });

  it("a question that waits keeps the mention of a document that is removed before its turn", async () => {
    const actor = await anActor();
    const { id } = await aDocument(actor);
    const running = await anOpenedTurn(actor, aQuestion("Première"));
    const { conversationId } = running;
    const second = aQuestion("Seconde", { conversationId, isNew: false, documentIds: [id] });
    expect(await openTurn(actor, second, aModel)).toEqual({ kind: "queued" });
    await hideDocument(actor, id);
    const late = aQuestion("Tard", { conversationId, isNew: false, documentIds: [id] });
    await expect(openTurn(actor, late, aModel)).rejects.toMatchObject(notFound);
    await endTurn(actor.agentId, running, { status: "completed" }, { parts: [], text: "" });
    await anOpenedTurn(actor, { kind: "next", conversationId, answerId: newId() });
    expect((await listAttachedFiles(actor, conversationId))[second.questionId]).toEqual([
      { id, name: "rapport.pdf", isDeleted: true },
    ]);
  });

  describe.each(someoneElse)("%s", (_who, create) => {
    it("sees, finds, removes, restores and uses nothing of someone else's", async () => {
      const [owner, other] = [await anActor(), await create()];
      const { id, fileId } = await aDocument(owner);
      const nothing = { documents: [], nextCursor: null, isCut: false };
      expect(await listLibrary(other)).toEqual(nothing);
      for (const query of ["rapport", "rare", "raport"]) expect(await listLibrary(other, { query })).toEqual(nothing);
      expect(await getLibraryUsage(other)).toMatchObject({ count: 0, bytes: 0 });
      await expect(hideDocument(other, id)).rejects.toMatchObject(notFound);
      await expect(deleteDocument(other, id)).rejects.toMatchObject(notFound);
      const question = aQuestion("Vol", { documentIds: [id] });
      await expect(anOpenedTurn(other, question)).rejects.toMatchObject(notFound);
      const { conversationId } = await anOpenedTurn(other, aQuestion("Une question"));
      const waiting = aQuestion("Vol", { conversationId, isNew: false, documentIds: [id] });
      await expect(openTurn(other, waiting, aModel)).rejects.toMatchObject(notFound);
      expect(await asMember(other.agentId, (tx) => tx.select().from(messageDocuments))).toEqual([]);

      await hideDocument(owner, id);
      await expect(restoreDocument(other, id)).rejects.toMatchObject(notFound);
      await longAgo(owner);
      expect(await purgeDocument(other.agentId, id)).toBeNull();
      expect(await isStored(owner, fileId)).toBe(true);
    });
  });
});
