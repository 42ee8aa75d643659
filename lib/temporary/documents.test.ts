import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { documents, messageDocuments } from "@/db/schema/documents";
import { openTurn } from "@/lib/assistant/mutations";
import type { Actor } from "@/lib/auth/actor";
import { listDocuments } from "@/lib/documents/queries";
import { startReadingFiles } from "@/lib/documents/read-files";
import { listAllDocuments } from "@/lib/export/queries";
import { searchHistory } from "@/lib/history/queries";
import { newId } from "@/lib/id";
import { lockDocuments } from "@/lib/library/mutations";
import { listLibrary } from "@/lib/library/queries";
import { endTurn, saveSummary } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aModel, anOpenedTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { filesHolding, tablesHolding } from "@/tests/support/everything";
import { setTestSettings } from "@/tests/support/settings";
import { aSweepUnderWay, aTemporaryConversation, passed } from "@/tests/support/temporary";
import { aQuestion } from "@/tests/support/turns";
import { closeTemporary, keepTemporary, purgeTemporary } from "./mutations";

const folder = mkdtempSync(join(tmpdir(), "temporary-test-"));
setTestSettings({ DATA_DIR: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A word without a digit or a double letter, that no stemmer shortens and nothing else holds. */
function aMark(): string {
  const letters = Array.from(
    { length: 10 },
    (_, n) => ["bdfgjlnr", "chkmptvw"][n % 2]?.[Math.floor(Math.random() * 8)],
  );
  return `zqx${letters.join("")}k`;
}

type Sent = { id: string; mark: string };

/** A document whose name and text hold a mark. */
async function aDocument(actor: Actor, { isTemporary = true, mark = aMark() } = {}): Promise<Sent> {
  const document = await send(actor, `${mark}.txt`, `Un texte avec ${mark} dedans.`, newId(), isTemporary);
  await settled(actor, document);
  return { id: document.id, mark };
}

const listed = async (actor: Actor) => (await listLibrary(actor)).documents.map(({ id }) => id);
const isThere = async (actor: Actor, { id }: Sent) => (await listDocuments(actor, [id])).length === 1;
const bytesOf = ({ mark }: Sent) => filesHolding(join(folder, "files"), mark).length;

onEachDatabase(() => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(() => stop());

  it("leaves nothing, in no column of no table and in no file, once it is closed", async () => {
    const actor = await anActor();
    const sent = await aDocument(actor);
    const { mark } = sent;
    const turn = await aTemporaryConversation(actor, {
      question: `${mark} ?`,
      answer: `${mark}.`,
      documentIds: [sent.id],
    });
    const { conversationId } = turn;
    await saveSummary(actor.agentId, conversationId, { messageId: turn.answerId, text: mark });
    const again = { conversationId, isNew: false };
    const running = await anOpenedTurn(actor, aQuestion(mark, again));
    await openTurn(actor, aQuestion(mark, again), aModel);
    expect(Object.keys(await tablesHolding(mark))).toEqual(
      ["documents", "file_pages", "messages", "passages", "queued_questions", "summaries"].map(
        (name) => `public.${name}`,
      ),
    );
    expect(bytesOf(sent)).toBe(1);
    await closeTemporary(actor, conversationId);
    await endTurn(
      actor.agentId,
      running,
      { status: "completed" },
      { parts: [{ type: "text", text: mark }], text: mark },
    );
    expect(await tablesHolding(mark)).toEqual({});
    expect(bytesOf(sent)).toBe(0);
    expect(await tablesHolding(conversationId)).toEqual({});
  });

  it("leaves nothing either once it has ended and the sweep has passed", async () => {
    const actor = await anActor();
    const sent = await aDocument(actor);
    const { conversationId } = await aTemporaryConversation(actor, { question: sent.mark, documentIds: [sent.id] });
    await passed(actor, conversationId, "25 hours");
    await purgeTemporary();
    expect(await tablesHolding(sent.mark)).toEqual({});
    expect(bytesOf(sent)).toBe(0);
  });

  describe("a document sent for it", () => {
    it("is neither among the agent's, nor in their export, nor found in the history", async () => {
      const actor = await anActor();
      const sent = await aDocument(actor);
      await aTemporaryConversation(actor, { documentIds: [sent.id] });
      expect(await listed(actor)).toEqual([]);
      expect((await listLibrary(actor, { query: sent.mark })).documents).toEqual([]);
      expect(await listAllDocuments(actor)).toEqual([]);
      expect((await searchHistory(actor, { query: sent.mark, sort: "relevance" })).hits).toEqual([]);
      expect(await isThere(actor, sent)).toBe(true);
    });

    it("goes after a day when it came with no question, and not before", async () => {
      const actor = await anActor();
      const [due, waiting, kept] = [
        await aDocument(actor),
        await aDocument(actor),
        await aDocument(actor, { isTemporary: false }),
      ];
      await asMember(actor.agentId, (tx) =>
        tx.update(documents).set({ expiresAt: sql`now() - interval '1 second'` }).where(eq(documents.id, due.id)),
      );
      await purgeTemporary();
      expect(await Promise.all([due, waiting, kept].map((sent) => isThere(actor, sent)))).toEqual([false, true, true]);
      expect([due, waiting, kept].map(bytesOf)).toEqual([0, 1, 1]);
    });

    it("stays as long as its conversation, though it was sent before", async () => {
      const actor = await anActor();
      const sent = await aDocument(actor);
      await aTemporaryConversation(actor, { documentIds: [sent.id] });
      await asMember(actor.agentId, (tx) => tx.update(documents).set({ expiresAt: sql`now() - interval '1 hour'` }));
      await purgeTemporary();
      expect(await isThere(actor, sent)).toBe(true);
    });

    it("stays as long as the last of the temporary conversations that it came to", async () => {
      const actor = await anActor();
      const sent = await aDocument(actor);
      const [first, second] = [
        await aTemporaryConversation(actor, { documentIds: [sent.id] }),
        await aTemporaryConversation(actor, { documentIds: [sent.id] }),
      ];
      await closeTemporary(actor, first.conversationId);
      expect(await isThere(actor, sent)).toBe(true);
      expect(bytesOf(sent)).toBe(1);
      await closeTemporary(actor, second.conversationId);
      expect(await isThere(actor, sent)).toBe(false);
      expect(bytesOf(sent)).toBe(0);
    });

    it("stays when it comes with a question as the sweep is about to remove it", async () => {
      const actor = await anActor();
      const sent = await aDocument(actor);
      const { conversationId, questionId } = await aTemporaryConversation(actor);
      await asMember(actor.agentId, (tx) => tx.update(documents).set({ expiresAt: sql`now() - interval '1 second'` }));
      const { sweep } = await asMember(actor.agentId, async (tx) => {
        await lockDocuments(tx, actor.agentId);
        const under = aSweepUnderWay();
        await under.begun;
        const place = { messageId: questionId, conversationId, ownerId: actor.agentId, position: 0 };
        await tx.insert(messageDocuments).values({ ...place, documentId: sent.id });
        return under;
      });
      await sweep;
      expect(await isThere(actor, sent)).toBe(true);
      expect(bytesOf(sent)).toBe(1);
    });

    it("keeps its bytes when another document is made of the same", async () => {
      const actor = await anActor();
      const mark = aMark();
      const sent = await aDocument(actor, { mark });
      const kept = await aDocument(actor, { mark, isTemporary: false });
      const { conversationId } = await aTemporaryConversation(actor, { documentIds: [sent.id] });
      await closeTemporary(actor, conversationId);
      expect([await isThere(actor, sent), await isThere(actor, kept)]).toEqual([false, true]);
      expect(bytesOf(kept)).toBe(1);
      expect((await listLibrary(actor, { query: mark })).documents).toHaveLength(1);
    });

    it("is kept when it comes with a question of a conversation that is, or when its own is", async () => {
      const actor = await anActor();
      const [elsewhere, withIt] = [await aDocument(actor), await aDocument(actor)];
      await anOpenedTurn(actor, aQuestion("Une question", { documentIds: [elsewhere.id] }));
      const { conversationId } = await aTemporaryConversation(actor, { documentIds: [withIt.id] });
      await keepTemporary(actor, conversationId);
      await asMember(actor.agentId, (tx) =>
        tx.execute(sql`update documents set expires_at = expires_at - interval '2 days'`),
      );
      await purgeTemporary();
      expect((await listed(actor)).toSorted()).toEqual([elsewhere.id, withIt.id].toSorted());
      expect((await searchHistory(actor, { query: withIt.mark, sort: "relevance" })).hits.length).toBeGreaterThan(0);
    });
  });

  describe("a document of the agent's", () => {
    it("stays when it came with its question, and its uses do not say so", async () => {
      const actor = await anActor();
      const kept = await aDocument(actor, { isTemporary: false });
      const { conversationId } = await aTemporaryConversation(actor, { documentIds: [kept.id] });
      expect((await listLibrary(actor)).documents).toMatchObject([
        { id: kept.id, uses: { count: 0, conversations: [] } },
      ]);
      await closeTemporary(actor, conversationId);
      expect(await isThere(actor, kept)).toBe(true);
      expect(bytesOf(kept)).toBe(1);
    });

    it("goes with it when it was sent for its first question before it was made temporary", async () => {
      const actor = await anActor();
      const [fresh, used] = [
        await aDocument(actor, { isTemporary: false }),
        await aDocument(actor, { isTemporary: false }),
      ];
      await anOpenedTurn(actor, aQuestion("Une question", { documentIds: [used.id] }));
      const ids = [fresh.id, used.id];
      const { conversationId } = await aTemporaryConversation(actor, { documentIds: ids, newDocumentIds: ids });
      expect(await listed(actor)).toEqual([used.id]);
      await closeTemporary(actor, conversationId);
      expect([await isThere(actor, fresh), await isThere(actor, used)]).toEqual([false, true]);
    });
  });
});
