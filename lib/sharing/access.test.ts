import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { documents } from "@/db/schema/documents";
import { shares } from "@/db/schema/shares";
import type { Actor } from "@/lib/auth/actor";
import { getConversation, listShownMessages } from "@/lib/conversations/queries";
import type { CitedSource } from "@/lib/conversations/schema";
import { addDocument, savePages } from "@/lib/documents/mutations";
import { searchHistory } from "@/lib/history/queries";
import { newId } from "@/lib/id";
import { deleteDocument } from "@/lib/library/mutations";
import { endTurn } from "@/lib/turns/mutations";
import { anActor, someoneElse } from "@/tests/support/actors";
import {
  aConversation,
  anOpenedTurn,
  aRunningTurn,
  deleteConversation,
  restoreConversation,
} from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion } from "@/tests/support/turns";
import { purgeExpiredShares } from "./maintenance";
import { copyShare, createShare, revokeShare, suspendShares } from "./mutations";
import { getSharedFile, listShares, openShare } from "./queries";
import { SHARES_MAX } from "./rules";

setTestSettings({});
const LIMITS = { fileBytesMax: 1e9, perMessageMax: 100, perAgentMax: 1_000, agentBytesMax: 1e12 };
const gone = { code: "share_not_found" };
const PAGE = "Avant. Le délai est de deux mois. Après.";
const CITED = "Le délai est de deux mois.";

/** An answer that cites a document of the question and a page of the web. */
async function aCitingConversation(actor: Actor) {
  const documentId = newId();
  const file = { id: newId(), sha256: newId(), sizeBytes: 100, extension: "pdf" };
  const { fileId } = await addDocument(actor, { id: documentId, name: "guide.pdf" }, file, LIMITS);
  const pages = [{ kind: "page" as const, label: null, text: PAGE }];
  await savePages(actor.agentId, fileId, { type: "pdf", pages, outline: [], language: "fr", warnings: [] });
  const turn = await anOpenedTurn(actor, aQuestion("Quel délai ?", { documentIds: [documentId] }));
  const start = PAGE.indexOf(CITED);
  const sources: CitedSource[] = [
    {
      number: 1,
      start,
      end: start + CITED.length,
      documentId,
      name: "guide.pdf",
      page: 1,
      kind: "page",
      label: null,
      isRecognised: false,
    },
    {
      number: 2,
      start: 0,
      end: 3,
      url: "https://exemple.gouv.fr/",
      title: "Une page",
      site: "Exemple",
      date: null,
      readAt: "2026-01-01T00:00:00Z",
      passage: "Oui, et non.",
    },
  ];
  const text = "Deux mois [1], dit-on [2].";
  const content = {
    parts: [
      { type: "reasoning" as const, text: "SECRET" },
      { type: "text" as const, text, sources },
    ],
    text,
  };
  await endTurn(actor.agentId, turn, { status: "completed" }, content);
  return { documentId, fileId, conversationId: turn.conversationId, messageId: turn.answerId };
}

const asExpired = (actor: Actor, id: string) =>
  asMember(actor.agentId, (tx) => tx.update(shares).set({ expiresAt: sql`now()` }).where(eq(shares.id, id)));

onEachDatabase(() => {
  describe.each(someoneElse)("%s", (_who, make) => {
    it("reads a conversation by its link, as it was, and nothing of what was thought", async () => {
      const [owner, reader] = [await anActor(), await make()];
      const { messageId, conversationId } = await aCitingConversation(owner);
      const id = await createShare(owner, { conversationId, messageId, withDocuments: false, days: 7 });
      await anOpenedTurn(owner, aQuestion("Ce qui vient ensuite", { conversationId, isNew: false }));

      const share = await openShare(reader, id);
      expect(share).toMatchObject({ isMine: false, withDocuments: false, title: "Quel délai ?" });
      expect(share.messages.map(({ text }) => text)).toEqual(["Quel délai ?", "Deux mois [1], dit-on [2]."]);
      expect(JSON.stringify(share)).not.toContain("SECRET");
      expect(Math.round((share.expiresAt.getTime() - share.createdAt.getTime()) / 86_400_000)).toBe(7);
    });

    it("finds, lists, closes and changes nothing without the link, nor with it, whichever lock is left open", async () => {
      const [owner, other] = [await anActor(), await make()];
      const { conversationId, answerId: messageId } = await aConversation(owner);
      const id = await createShare(owner, { conversationId, messageId, withDocuments: true, days: 30 });
      expect(await listShares(other)).toEqual([]);
      expect(await asMember(other.agentId, (tx) => tx.select().from(shares))).toEqual([]);
      await revokeShare(other, id);
      await asMember(other.agentId, async (tx) => {
        await tx.execute(sql`select set_config('app.share', ${id}, true)`);
        await tx.update(shares).set({ title: "Vol" });
        await tx.delete(shares);
        await suspendShares(tx, other, [conversationId], true);
        expect(await tx.select({ id: shares.id }).from(shares)).toEqual([{ id }]);
      });
      expect(await openShare(other, id)).toMatchObject({ title: "Une question" });
      const theirs = { conversationId, messageId, withDocuments: true, days: 30 as const };
      await expect(createShare(other, theirs)).rejects.toMatchObject({ code: "conversation_not_found" });
    });

    it("takes documents, and reads the passages cited, only when they are shared", async () => {
      const [owner, reader] = [await anActor(), await make()];
      const { documentId, fileId, ...place } = await aCitingConversation(owner);
      const without = await createShare(owner, { ...place, withDocuments: false, days: 30 });
      const withThem = await createShare(owner, { ...place, withDocuments: true, days: 30 });

      const bare = (await openShare(reader, without)).messages;
      expect(bare[0]?.documents).toEqual([{ id: documentId, name: "guide.pdf", fileId: null, sizeBytes: 0 }]);
      expect(bare[1]?.sources.map(({ passage }) => passage)).toEqual([null, "Oui"]);
      await expect(getSharedFile(reader, { id: without, documentId })).rejects.toMatchObject(gone);

      const full = (await openShare(reader, withThem)).messages;
      expect(full[1]?.sources).toMatchObject([
        { number: 1, name: "guide.pdf", page: { page: 1 }, passage: CITED },
        { number: 2, name: "Une page", url: "https://exemple.gouv.fr/", passage: "Oui" },
      ]);
      expect(await getSharedFile(reader, { id: withThem, documentId })).toMatchObject({ fileId, sizeBytes: 100 });
      await expect(getSharedFile(reader, { id: withThem, documentId: newId() })).rejects.toMatchObject(gone);

      // The same bytes, sent twice: they stay when one of the two is deleted, and its share gives them no more.
      await asMember(owner.agentId, (tx) =>
        tx.insert(documents).values({ id: newId(), ownerId: owner.agentId, fileId, name: "copie.pdf" }),
      );
      await deleteDocument(owner, documentId);
      await expect(getSharedFile(reader, { id: withThem, documentId })).rejects.toMatchObject(gone);
      const left = (await openShare(reader, withThem)).messages;
      expect(left).toEqual(
        full.map((message) => ({
          ...message,
          documents: message.documents.map((file) => ({ ...file, fileId: null })),
        })),
      );
    });

    it("goes on in a copy that is theirs alone, which leaves the owner's as it is", async () => {
      const [owner, reader] = [await anActor(), await make()];
      const place = await aCitingConversation(owner);
      const id = await createShare(owner, { ...place, withDocuments: true, days: 30 });
      const copyId = await copyShare(reader, id);
      const copy = await listShownMessages(reader, copyId);
      expect(copy.map(({ author, parts }) => [author, parts])).toEqual([
        ["agent", [{ type: "text", text: "Quel délai ?", isCopied: true }]],
        ["assistant", [{ type: "text", text: "Deux mois, dit-on.", isCopied: true }]],
      ]);
      const { hits } = await searchHistory(reader, { query: "délai", sort: "date" });
      expect(new Set(hits.map(({ conversationId }) => conversationId))).toEqual(new Set([copyId]));
      const next = await anOpenedTurn(reader, aQuestion("Et ensuite ?", { conversationId: copyId, isNew: false }));
      expect(next.conversationId).toBe(copyId);
      await expect(getConversation(owner, copyId)).rejects.toMatchObject({ code: "conversation_not_found" });
      await revokeShare(owner, id);
      expect(await listShownMessages(reader, copyId)).toHaveLength(4);
      await expect(copyShare(reader, id)).rejects.toMatchObject(gone);
    });
  });

  describe("the owner", () => {
    it("lists the links that open, and closes one for ever", async () => {
      const [owner, reader] = [await anActor(), await anActor()];
      const { conversationId, answerId: messageId } = await aConversation(owner);
      const made = { conversationId, messageId, withDocuments: false, days: 30 as const };
      const [first, second] = [await createShare(owner, made), await createShare(owner, made)];
      expect((await listShares(owner)).map(({ id }) => id).sort()).toEqual([first, second].sort());
      expect(await openShare(owner, first)).toMatchObject({ isMine: true });
      await revokeShare(owner, first);
      await revokeShare(owner, first);
      expect((await listShares(owner)).map(({ id }) => id)).toEqual([second]);
      await expect(openShare(reader, first)).rejects.toMatchObject(gone);
      await expect(openShare(owner, first)).rejects.toMatchObject(gone);
    });

    it("shares down to the answer that is shown when none is told, once it has ended", async () => {
      const owner = await anActor();
      const { conversationId } = await aConversation(owner, { question: "Une question", answer: "Une réponse" });
      const id = await createShare(owner, { conversationId, withDocuments: false, days: 30 });
      expect((await openShare(owner, id)).messages.map(({ text }) => text)).toEqual(["Une question", "Une réponse"]);
      await anOpenedTurn(owner, aQuestion("Et ensuite ?", { conversationId, isNew: false }));
      await expect(createShare(owner, { conversationId, withDocuments: false, days: 30 })).rejects.toMatchObject({
        code: "message_not_found",
      });
    });

    it("has links that expire, and are then forgotten", async () => {
      const [owner, reader] = [await anActor(), await anActor()];
      const { conversationId, answerId: messageId } = await aConversation(owner);
      const id = await createShare(owner, { conversationId, messageId, withDocuments: false, days: 30 });
      expect(await openShare(reader, id)).toMatchObject({ id });
      await asExpired(owner, id);
      await expect(openShare(reader, id)).rejects.toMatchObject(gone);
      expect(await listShares(owner)).toEqual([]);
      expect(await purgeExpiredShares()).toBeGreaterThan(0);
      expect(await asMember(owner.agentId, (tx) => tx.select().from(shares))).toEqual([]);
    });

    it("closes the links of a conversation by deleting it, and opens them again by taking it back", async () => {
      const [owner, reader] = [await anActor(), await anActor()];
      const { conversationId, answerId: messageId } = await aConversation(owner);
      const id = await createShare(owner, { conversationId, messageId, withDocuments: false, days: 30 });
      await deleteConversation(owner, conversationId);
      await expect(openShare(reader, id)).rejects.toMatchObject(gone);
      expect(await listShares(owner)).toEqual([]);
      await restoreConversation(owner, conversationId);
      expect(await openShare(reader, id)).toMatchObject({ id });
    });

    it("shares neither a question, nor an answer being written, nor what does not exist", async () => {
      const owner = await anActor();
      const { conversationId, questionId, answerId } = await aRunningTurn(owner);
      for (const messageId of [questionId, answerId, newId()]) {
        const made = createShare(owner, { conversationId, messageId, withDocuments: false, days: 30 });
        await expect(made).rejects.toMatchObject({ code: "message_not_found" });
      }
    });

    it("has so many links at most, even when the last ones are made at once", async () => {
      const owner = await anActor();
      const { conversationId, answerId: messageId } = await aConversation(owner);
      const row = {
        ownerId: owner.agentId,
        conversationId,
        sharedBy: "",
        title: "",
        messages: [],
        withDocuments: false,
      };
      const expiresAt = sql`now() + interval '1 day'`;
      const kept = Array.from({ length: SHARES_MAX - 1 }, () => ({ id: newId(), ...row, expiresAt }));
      await asMember(owner.agentId, (tx) => tx.insert(shares).values(kept));
      const made = { conversationId, messageId, withDocuments: false, days: 30 as const };
      const sent = await Promise.allSettled([1, 2, 3].map(() => createShare(owner, made)));
      const refused = sent.filter(({ status }) => status === "rejected");
      expect(refused).toHaveLength(2);
      for (const one of refused) expect(one).toMatchObject({ reason: { code: "too_many_shares" } });
    });
  });
});
