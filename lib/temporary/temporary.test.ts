import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { turns } from "@/db/schema/conversations";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import {
  archiveConversations,
  deleteConversations,
  forkConversation,
  giveModelTitle,
  pinConversation,
  renameConversation,
} from "@/lib/conversations/mutations";
import { getConversation, listArchived, listConversations, listPinned } from "@/lib/conversations/queries";
import { getBranch, listAllConversations } from "@/lib/export/queries";
import { giveFeedback } from "@/lib/feedback/mutations";
import { findInConversation, searchHistory, searchHistoryQuickly } from "@/lib/history/queries";
import { indexForgottenTurns } from "@/lib/history-index/maintenance";
import { writeEntries, writeTitle } from "@/lib/history-index/mutations";
import { questionEntry } from "@/lib/history-index/rules";
import { createShare } from "@/lib/sharing/mutations";
import { announceUnused, trashUnused } from "@/lib/trash/maintenance";
import { listLeaving, listTrash } from "@/lib/trash/queries";
import { endTurn } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aConversation, anOpenedTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { tablesHolding } from "@/tests/support/everything";
import { setTestSettings } from "@/tests/support/settings";
import { aTemporaryConversation, passed } from "@/tests/support/temporary";
import { aQuestion } from "@/tests/support/turns";
import { keepTemporary, purgeTemporary } from "./mutations";
import { latestEnd } from "./rules";

setTestSettings();
const refused = { code: "conversation_temporary" };

const search = async (actor: Actor, query: string) =>
  (await searchHistory(actor, { query, sort: "relevance" })).hits.length;

const isThere = (actor: Actor, id: string) =>
  getConversation(actor, id).then(
    () => true,
    () => false,
  );

onEachDatabase(() => {
  describe("a temporary conversation", () => {
    it("is opened by its owner, with no title and an end a day after its beginning", async () => {
      const actor = await anActor();
      const { conversationId: id } = await aTemporaryConversation(actor);
      const { title, endsAt } = await getConversation(actor, id);
      expect(title).toBe("");
      expect(Math.abs((endsAt?.getTime() ?? 0) - latestEnd(new Date()).getTime())).toBeLessThan(60_000);
      expect((await getConversation(actor, (await aConversation(actor)).conversationId)).endsAt).toBeNull();
    });

    it("is in no list, on no shelf, and in no export of everything", async () => {
      const actor = await anActor();
      await aTemporaryConversation(actor);
      const kept = await aConversation(actor);
      const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
      expect(ids((await listConversations(actor)).conversations)).toEqual([kept.conversationId]);
      expect(ids(await listAllConversations(actor))).toEqual([kept.conversationId]);
      for (const list of [await listPinned(actor), (await listArchived(actor)).conversations]) expect(list).toEqual([]);
      expect((await listTrash(actor)).conversations).toEqual([]);
    });

    it("is exported by itself while it is there, under the words of its first question", async () => {
      const actor = await anActor();
      const { conversationId } = await aTemporaryConversation(actor, { question: "Rédiger une note" });
      expect(await getBranch(actor, conversationId)).toMatchObject({ title: "Rédiger une note", messages: [{}, {}] });
    });

    it.each<[string, (actor: Actor, place: { conversationId: string; messageId: string }) => Promise<unknown>]>([
      ["shared", (actor, place) => createShare(actor, { ...place, withDocuments: false, days: 7 })],
      ["pinned", (actor, { conversationId: id }) => pinConversation(actor, { id, isPinned: true })],
      ["unpinned", (actor, { conversationId: id }) => pinConversation(actor, { id, isPinned: false })],
      ["archived", (actor, { conversationId: id }) => archiveConversations(actor, [id])],
      ["renamed", (actor, { conversationId: id }) => renameConversation(actor, { id, title: "Un titre" })],
      ["copied", (actor, place) => forkConversation(actor, place)],
      ["put in the trash", (actor, { conversationId: id }) => deleteConversations(actor, [id])],
      ["judged", (actor, { messageId }) => giveFeedback(actor, messageId, { rating: "up", reasons: [], comment: "" })],
    ])("is refused to be %s, which is said, and stays as it was", async (_how, act) => {
      const actor = await anActor();
      const { conversationId, answerId: messageId } = await aTemporaryConversation(actor);
      await expect(act(actor, { conversationId, messageId })).rejects.toMatchObject(refused);
      expect(await getConversation(actor, conversationId)).toMatchObject({
        title: "",
        isPinned: false,
        isArchived: false,
      });
      expect(await giveModelTitle(actor.agentId, conversationId, "Un titre")).toBe(false);
    });

    it.each([
      ["pinned", sql`update conversations set pinned_at = now() where expires_at is not null`],
      ["archived", sql`update conversations set archived_at = now() where expires_at is not null`],
      ["put in the trash", sql`update conversations set deleted_at = now() where expires_at is not null`],
      [
        "shared",
        sql`insert into shares (id, owner_id, conversation_id, shared_by, title, messages, with_documents, expires_at)
          select gen_random_uuid(), owner_id, id, '', '', '[]', false, now() + interval '1 day' from conversations`,
      ],
      [
        "judged",
        sql`insert into feedback (answer_id, conversation_id, owner_id, rating)
          select id, conversation_id, owner_id, 'up' from messages where author = 'assistant'`,
      ],
    ])("is refused to be %s by the database too, whatever the statement", async (_how, statement) => {
      const actor = await anActor();
      await aTemporaryConversation(actor);
      await expect(asMember(actor.agentId, (tx) => tx.execute(statement))).rejects.toThrow();
    });

    it("is not announced, nor put in the trash, for want of use", async () => {
      const actor = await anActor();
      const { conversationId } = await aTemporaryConversation(actor);
      await asMember(actor.agentId, (tx) =>
        tx.execute(sql`update conversations set used_at = now() - interval '3 years'`),
      );
      await announceUnused();
      await trashUnused();
      expect(await listLeaving(actor, 12)).toEqual([]);
      expect(await getConversation(actor, conversationId)).toMatchObject({ announcedAt: null });
      expect(await isThere(actor, conversationId)).toBe(true);
    });
  });

  describe("the search", () => {
    it("finds nothing of it, even once what was forgotten has been indexed", async () => {
      const actor = await anActor();
      const turn = await aTemporaryConversation(actor, { question: "Le mot xylographe", answer: "Encore xylographe" });
      const cut = await anOpenedTurn(
        actor,
        aQuestion("Un autre xylographe", { conversationId: turn.conversationId, isNew: false }),
      );
      await asMember(actor.agentId, (tx) =>
        tx.execute(sql`update turns set status = 'interrupted', ended_at = now() where id = ${cut.turnId}`),
      );
      await asMember(actor.agentId, (tx) => tx.execute(sql`update turns set search_version = 0`));
      await indexForgottenTurns();
      expect(await search(actor, "xylographe")).toBe(0);
      expect(await searchHistoryQuickly(actor, "xylographe")).toEqual([]);
      expect(await tablesHolding("xylograph")).not.toHaveProperty(["public.search_entries"]);
      const left = await asMember(actor.agentId, (tx) => tx.select().from(turns).where(sql`search_version = 0`));
      expect(left, "looked at once, not at each sweep").toEqual([]);
    });

    it("is refused its words by the database too", async () => {
      const actor = await anActor();
      const write = ({ conversationId, questionId }: TurnMetadata) =>
        asMember(actor.agentId, async (tx) => {
          await writeTitle(tx, conversationId, "zqxmork");
          await writeEntries(tx, [questionEntry(questionId, "zqxmork", [])]);
        });
      await write(await aTemporaryConversation(actor));
      expect(await tablesHolding("zqxmork")).toEqual({});
      await write(await aConversation(actor));
      expect(await tablesHolding("zqxmork")).toEqual({ "public.search_entries": 2 });
    });

    it("finds it once it is kept: every exchange, and in the list with a title", async () => {
      const actor = await anActor();
      const { conversationId } = await aTemporaryConversation(actor, { question: "Le tarsier", answer: "Un primate" });
      const more = await anOpenedTurn(actor, aQuestion("Et le galago ?", { conversationId, isNew: false }));
      await expect(keepTemporary(actor, conversationId)).rejects.toMatchObject({ code: "turn_already_running" });
      await endTurn(actor.agentId, more, { status: "stopped" }, { parts: [{ type: "text", text: "Ah" }], text: "Ah" });
      await keepTemporary(actor, conversationId);
      expect(await getConversation(actor, conversationId)).toMatchObject({ title: "Le tarsier", endsAt: null });
      expect((await listConversations(actor)).conversations).toMatchObject([{ id: conversationId }]);
      for (const word of ["tarsier", "primate", "galago"]) expect(await search(actor, word), word).toBeGreaterThan(0);
      expect(await findInConversation(actor, conversationId, "galago")).toEqual({ messageIds: [more.questionId] });
      await passed(actor, conversationId, "2 days");
      await purgeTemporary();
      expect(await isThere(actor, conversationId)).toBe(true);
    });
  });
});
