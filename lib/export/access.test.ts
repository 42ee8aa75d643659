import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { conversations, messages } from "@/db/schema/conversations";
import { transfers } from "@/db/schema/transfers";
import type { Actor } from "@/lib/auth/actor";
import { addDocument } from "@/lib/documents/mutations";
import { newId } from "@/lib/id";
import { anActor, someoneElse } from "@/tests/support/actors";
import { aConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import {
  addImportedConversation,
  addTransfer,
  deleteTransfer,
  failTransfer,
  finishTransfer,
  type ImportedConversation,
  keepDocumentName,
  requireFewTransfers,
  saveTransferProgress,
} from "./mutations";
import {
  countMessages,
  findConversation,
  findTransferToDo,
  getAccount,
  getBranch,
  getReadyFile,
  listAllConversations,
  listAllDocuments,
  listDocumentStates,
  listTransfers,
} from "./queries";

setTestSettings();
const notFound = { code: "export_not_found" };
const file = { fileName: "archive.zip", sizeBytes: 10 };

async function aTransfer(actor: Actor): Promise<string> {
  const id = newId();
  await addTransfer(actor, { id, kind: "everything" });
  return id;
}

async function aDocument(actor: Actor): Promise<string> {
  const id = newId();
  const bytes = { id: newId(), sha256: newId(), sizeBytes: 100, extension: "pdf" };
  const limits = { fileBytesMax: 1e9, perMessageMax: 100, perAgentMax: 1_000, agentBytesMax: 1e12 };
  await addDocument(actor, { id, name: "rapport.pdf" }, bytes, limits);
  return id;
}

const anImported = (fields: Partial<ImportedConversation> = {}): ImportedConversation => {
  const messageId = newId();
  const createdAt = "2026-07-04T10:00:00.000Z";
  return {
    id: newId(),
    originalId: newId(),
    title: "Reprise",
    pinnedAt: null,
    archivedAt: null,
    titleSource: "agent",
    webMode: "off",
    createdAt,
    usedAt: createdAt,
    shownLeafId: messageId,
    messages: [
      {
        id: messageId,
        parentId: null,
        author: "agent",
        createdAt,
        text: "",
        parts: [{ type: "text", text: "Une question" }],
        documentIds: [],
        turn: null,
        opinion: null,
      },
    ],
    ...fields,
  };
};

onEachDatabase(() => {
  describe.each(someoneElse)("%s", (_who, make) => {
    it("exports nothing of someone else's", async () => {
      const [owner, other] = [await anActor(), await make()];
      const { conversationId, answerId } = await aConversation(owner);
      const documentId = await aDocument(owner);
      await expect(getBranch(other, conversationId)).rejects.toMatchObject({ code: "conversation_not_found" });
      await expect(getBranch(other, conversationId, answerId)).rejects.toMatchObject({
        code: "conversation_not_found",
      });
      expect(await findConversation(other, conversationId)).toBeNull();
      expect(await countMessages(other, { kind: "selection", conversationIds: [conversationId] })).toBe(0);
      expect(await listAllConversations(other)).toEqual([]);
      expect(await listAllDocuments(other)).toEqual([]);
      expect(await listDocumentStates(other, [documentId])).toEqual(new Map());
      expect((await getAccount(other)).account.email).not.toBe((await getAccount(owner)).account.email);
    });

    it("neither sees, takes, deletes nor moves forward what someone else takes away", async () => {
      const [owner, other] = [await anActor(), await make()];
      const id = await aTransfer(owner);
      expect(await listTransfers(other)).toEqual([]);
      await requireFewTransfers(other);
      expect(await findTransferToDo(other.agentId, id)).toBeNull();
      expect(await saveTransferProgress(other.agentId, id, 1, 2)).toBe(false);
      expect(await failTransfer(other.agentId, id, "export_failed")).toBe(false);
      expect(await finishTransfer(other.agentId, id, file)).toBe(false);
      await expect(deleteTransfer(other, id)).rejects.toMatchObject(notFound);
      expect(await finishTransfer(owner.agentId, id, file)).toBe(true);
      await expect(getReadyFile(other, id)).rejects.toMatchObject(notFound);
      expect(await getReadyFile(owner, id)).toEqual(file);
    });

    it("adds nothing to someone else's by naming their identifiers in an archive", async () => {
      const [owner, other] = [await anActor(), await make()];
      const { conversationId, questionId } = await aConversation(owner);
      const documentId = await aDocument(owner);
      expect(await addImportedConversation(other, anImported({ id: conversationId }))).toBe("identifiersTaken");
      const [first] = anImported().messages;
      const stolen = anImported({ messages: first ? [{ ...first, id: questionId }] : [], shownLeafId: questionId });
      expect(await addImportedConversation(other, stolen)).toBe("identifiersTaken");
      const naming = anImported({
        messages: first ? [{ ...first, documentIds: [documentId] }] : [],
        shownLeafId: null,
      });
      expect(await addImportedConversation(other, naming)).toBe("added");
      expect((await getBranch(other, naming.id)).messages).toMatchObject([{ documents: undefined }]);
      await keepDocumentName(other, { id: documentId, name: "volé.pdf" });
      expect(await listAllDocuments(owner)).toMatchObject([{ name: "rapport.pdf" }]);
      expect((await getBranch(owner, conversationId)).messages).toMatchObject([
        { parts: [{ text: "Une question" }] },
        { parts: [{ text: "Une réponse" }] },
      ]);
      const left = await asMember(other.agentId, (tx) => tx.select({ id: conversations.id }).from(conversations));
      expect(left).toEqual([{ id: naming.id }]);
    });
  });

  describe("the owner", () => {
    it("exports what is theirs, and nothing of a deleted conversation", async () => {
      const owner = await anActor();
      const { conversationId, answerId } = await aConversation(owner);
      expect(await getBranch(owner, conversationId)).toMatchObject({ title: "Une question", messages: [{}, {}] });
      expect((await getBranch(owner, conversationId, answerId)).messages).toMatchObject([{ author: "assistant" }]);
      await expect(getBranch(owner, conversationId, newId())).rejects.toMatchObject({ code: "message_not_found" });
      expect(await findConversation(owner, conversationId)).toMatchObject({
        messages: [{ author: "agent" }, { author: "assistant", turn: { status: "completed" } }],
      });
      expect(await countMessages(owner, { kind: "conversation", conversationId })).toBe(2);
      await asMember(owner.agentId, (tx) =>
        tx.update(conversations).set({ deletedAt: new Date() }).where(eq(conversations.id, conversationId)),
      );
      await expect(getBranch(owner, conversationId)).rejects.toMatchObject({ code: "conversation_not_found" });
      expect(await findConversation(owner, conversationId)).toBeNull();
      expect(await countMessages(owner, { kind: "conversation", conversationId })).toBe(0);
      expect(await listAllConversations(owner)).toEqual([]);
    });

    it("follows an export to its end, deletes it, and has three at once at most", async () => {
      const owner = await anActor();
      const ids = [await aTransfer(owner), await aTransfer(owner), await aTransfer(owner)];
      await expect(aTransfer(owner)).rejects.toMatchObject({ code: "exports_too_many", details: { max: 3 } });
      await expect(requireFewTransfers(owner)).rejects.toMatchObject({ code: "exports_too_many" });
      const [first = "", second = "", third = ""] = ids;
      expect(await saveTransferProgress(owner.agentId, first, 1, 2)).toBe(true);
      expect(await failTransfer(owner.agentId, second, "export_failed")).toBe(true);
      await deleteTransfer(owner, third);
      await expect(deleteTransfer(owner, third)).rejects.toMatchObject(notFound);
      expect(await finishTransfer(owner.agentId, third, file)).toBe(false);
      expect(await findTransferToDo(owner.agentId, third)).toBeNull();
      expect(await listTransfers(owner)).toMatchObject([
        { id: second, state: "failed", failureCode: "export_failed" },
        { id: first, state: "running", done: 1, total: 2 },
      ]);
      await aTransfer(owner);
    });

    it("no longer finds a file once its day has passed", async () => {
      const owner = await anActor();
      const id = await aTransfer(owner);
      await finishTransfer(owner.agentId, id, file);
      await asMember(owner.agentId, (tx) => tx.update(transfers).set({ expiresAt: sql`now() - interval '1 second'` }));
      await expect(getReadyFile(owner, id)).rejects.toMatchObject(notFound);
      expect(await listTransfers(owner)).toEqual([]);
    });

    it("gets a whole conversation or nothing of it, once", async () => {
      const owner = await anActor();
      const broken = anImported();
      const [message] = broken.messages;
      // Found out once the conversation is written.
      const twice = { ...broken, messages: message ? [message, message] : [] };
      expect(await addImportedConversation(owner, twice)).toBe("identifiersTaken");
      expect(await listAllConversations(owner)).toEqual([]);
      expect(await addImportedConversation(owner, broken)).toBe("added");
      expect(await addImportedConversation(owner, broken)).toBe("known");
      const kept = await asMember(owner.agentId, (tx) => tx.select({ text: messages.text }).from(messages));
      expect(kept).toEqual([{ text: "Une question" }]);
    });
  });
});
