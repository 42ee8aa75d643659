import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asMaintenance, asMember } from "@/db/client";
import { messages, turns } from "@/db/schema/conversations";
import { purges } from "@/db/schema/erasures";
import type { Actor } from "@/lib/auth/actor";
import { archiveConversations, pinConversation, restoreConversations } from "@/lib/conversations/mutations";
import { getConversation, listConversations } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { endTurn } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import {
  aConversation,
  anOpenedTurn,
  aRunningTurn,
  deleteConversation,
  restoreConversation,
} from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { madeOlder } from "@/tests/support/later";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion } from "@/tests/support/turns";
import { announceUnused, purgeTrash, trashUnused } from "./maintenance";
import { emptyTrash, eraseConversations } from "./mutations";
import { countTrash, listLeaving, listTrash, summariseLeaving } from "./queries";
import { leavesAt } from "./rules";

const { RETENTION_MONTHS } = setTestSettings();
const gone = { code: "conversation_not_found" };

const trashIds = async (actor: Actor) => (await listTrash(actor)).conversations.map(({ id }) => id);

const writtenBy = (actor: Actor) =>
  asMember(
    actor.agentId,
    async (tx) => (await tx.select().from(messages)).length + (await tx.select().from(turns)).length,
  );

/** What the journal counted, in all. */
async function journaled(kind: string) {
  const rows = await asMaintenance((tx) => tx.select().from(purges).where(sql`kind = ${kind}`));
  const sum = (column: "conversations" | "messages") => rows.reduce((total, row) => total + row[column], 0);
  return { conversations: sum("conversations"), messages: sum("messages") };
}

onEachDatabase(() => {
  describe("the trash", () => {
    it("keeps a deleted conversation for thirty days, whole, and gives it back", async () => {
      const actor = await anActor();
      const { conversationId } = await aConversation(actor);
      await deleteConversation(actor, conversationId);
      await madeOlder(actor, "deleted_at", "29 days 23 hours");
      await purgeTrash();
      expect(await trashIds(actor)).toEqual([conversationId]);
      expect((await listConversations(actor)).conversations).toEqual([]);
      await restoreConversation(actor, conversationId);
      expect(await getConversation(actor, conversationId)).toMatchObject({ id: conversationId });
      expect(await writtenBy(actor)).toBe(3);
    });

    it("removes it for good then, messages and turns included, and writes down how many", async () => {
      const actor = await anActor();
      const { conversationId } = await aConversation(actor);
      const kept = await aConversation(actor);
      await deleteConversation(actor, conversationId);
      await madeOlder(actor, "deleted_at", "30 days 1 second");
      const before = await journaled("trash");
      expect(await purgeTrash()).toBe(1);
      await expect(restoreConversation(actor, conversationId)).rejects.toMatchObject(gone);
      expect(await trashIds(actor)).toEqual([]);
      expect(await writtenBy(actor)).toBe(3);
      expect(await getConversation(actor, kept.conversationId)).toBeTruthy();
      const after = await journaled("trash");
      expect(after.conversations - before.conversations).toBe(1);
      expect(after.messages - before.messages).toBe(2);
    });

    it("goes by batches, and several processes that come at once remove and count each one once", async () => {
      const actor = await anActor();
      await asMember(actor.agentId, (tx) =>
        tx.execute(sql`insert into conversations (id, owner_id, title, deleted_at)
          select gen_random_uuid(), ${actor.agentId}, 'n°' || n, now() - interval '31 days' from generate_series(1, 450) n`),
      );
      const before = (await journaled("trash")).conversations;
      let removed = 0;
      for (let round = 0; round < 10 && (await countTrash(actor)) > 0; round += 1) {
        const counts = await Promise.all([purgeTrash(), purgeTrash(), purgeTrash()]);
        expect(Math.max(...counts)).toBeLessThanOrEqual(200);
        removed += counts.reduce((sum, count) => sum + count, 0);
      }
      expect(removed).toBe(450);
      expect((await journaled("trash")).conversations - before).toBe(450);
    });

    it("removes at once what its owner erases from it, and nothing that is not there", async () => {
      const actor = await anActor();
      const [listed, erased] = [await aConversation(actor), await aConversation(actor)];
      await deleteConversation(actor, erased.conversationId);
      expect(await eraseConversations(actor, [listed.conversationId, erased.conversationId, newId()])).toBe(1);
      expect(await getConversation(actor, listed.conversationId)).toBeTruthy();
      await expect(restoreConversation(actor, erased.conversationId)).rejects.toMatchObject(gone);
      expect(await writtenBy(actor)).toBe(3);
    });

    it("refuses to remove what is not in it, even to a statement that forgot to ask", async () => {
      const actor = await anActor();
      await aConversation(actor);
      await asMember(actor.agentId, (tx) => tx.execute(sql`delete from conversations`));
      expect((await listConversations(actor)).conversations).toHaveLength(1);
    });

    it("is emptied of all it held, whatever their number", async () => {
      const actor = await anActor();
      await asMember(actor.agentId, (tx) =>
        tx.execute(sql`insert into conversations (id, owner_id, title, deleted_at)
          select gen_random_uuid(), ${actor.agentId}, 'n°' || n, now() from generate_series(1, 230) n`),
      );
      await aConversation(actor);
      expect(await countTrash(actor)).toBe(230);
      expect(await emptyTrash(actor)).toBe(230);
      expect(await countTrash(actor)).toBe(0);
      expect((await listConversations(actor)).conversations).toHaveLength(1);
    });

    it("restored in one tab and erased in another, is one or the other, and never half of both", async () => {
      const actor = await anActor();
      const ids: string[] = [];
      for (let n = 0; n < 6; n += 1) ids.push((await aConversation(actor)).conversationId);
      for (const id of ids) await deleteConversation(actor, id);
      const outcomes = await Promise.all(
        ids.map(async (id, n) => {
          const acts = [() => restoreConversations(actor, [id]), () => eraseConversations(actor, [id])];
          const [first, second] = await Promise.all((n % 2 ? acts : acts.toReversed()).map((act) => act()));
          return [first, second].map((outcome) => (Array.isArray(outcome) ? outcome.length : outcome));
        }),
      );
      for (const [first = 0, second = 0] of outcomes) expect(Number(first) + Number(second)).toBe(1);
      const { conversations } = await listConversations(actor);
      expect(await writtenBy(actor)).toBe(conversations.length * 3);
      expect(await trashIds(actor)).toEqual([]);
    });

    it("takes nothing back from a turn that ends after its conversation was erased", async () => {
      const actor = await anActor();
      const turn = await aRunningTurn(actor);
      await deleteConversation(actor, turn.conversationId);
      await eraseConversations(actor, [turn.conversationId]);
      const content = { parts: [{ type: "text" as const, text: "trop tard" }], text: "trop tard" };
      expect(await endTurn(actor.agentId, turn, { status: "completed" }, content)).toBeNull();
      expect(await writtenBy(actor)).toBe(0);
    });
  });

  describe("a conversation left unused", () => {
    const leaving = (actor: Actor) => listLeaving(actor, RETENTION_MONTHS);

    it("is announced thirty days before, goes to the trash then, and is gone thirty days later", async () => {
      const actor = await anActor();
      const { conversationId: id } = await aConversation(actor);
      await madeOlder(actor, "used_at", "10 months 25 days");
      await announceUnused();
      expect(await leaving(actor)).toEqual([]);
      await madeOlder(actor, "used_at", "10 days");
      await announceUnused();
      expect(await leaving(actor)).toMatchObject([{ id }]);
      const [found] = await leaving(actor);
      expect(await summariseLeaving(actor, RETENTION_MONTHS)).toMatchObject({ count: 1 });
      const summarised = (await summariseLeaving(actor, RETENTION_MONTHS))?.first.getTime() ?? 0;
      expect(Math.abs(summarised - (found?.leavesAt.getTime() ?? 0))).toBeLessThan(2 * 86_400_000);

      await madeOlder(actor, "used_at", "60 days");
      await trashUnused();
      expect(await leaving(actor), "announced for less than thirty days").toMatchObject([{ id }]);
      await madeOlder(actor, "announced_at", "30 days 1 second");
      await trashUnused();
      expect(await leaving(actor)).toEqual([]);
      expect(await trashIds(actor)).toEqual([id]);
      await madeOlder(actor, "deleted_at", "31 days");
      await purgeTrash();
      expect(await trashIds(actor)).toEqual([]);
    });

    it("is announced for thirty days even when the rule comes long after it was last used", async () => {
      const actor = await anActor();
      await aConversation(actor);
      await madeOlder(actor, "used_at", "3 years");
      await announceUnused();
      const [found] = await leaving(actor);
      const days = ((found?.leavesAt.getTime() ?? 0) - Date.now()) / 86_400_000;
      expect(days).toBeGreaterThan(29.9);
      await trashUnused();
      expect(await trashIds(actor)).toEqual([]);
    });

    it.each<[string, (actor: Actor, id: string) => Promise<unknown>]>([
      ["pinned", (actor, id) => pinConversation(actor, { id, isPinned: true })],
      ["used", (actor, id) => anOpenedTurn(actor, aQuestion("Encore ?", { conversationId: id, isNew: false }))],
    ])("stays once it is %s, even after it was announced", async (_how, keep) => {
      const actor = await anActor();
      const { conversationId: id } = await aConversation(actor);
      await madeOlder(actor, "used_at", "2 years");
      await announceUnused();
      await madeOlder(actor, "announced_at", "31 days");
      await keep(actor, id);
      await Promise.all([announceUnused(), trashUnused()]);
      expect(await leaving(actor)).toEqual([]);
      expect(await getConversation(actor, id)).toMatchObject({ id });
    });

    it("is not spared for being archived, and never leaves when nothing is to", async () => {
      const actor = await anActor();
      const { conversationId: id } = await aConversation(actor);
      await archiveConversations(actor, [id]);
      await madeOlder(actor, "used_at", "2 years");
      await announceUnused();
      expect(await leaving(actor)).toMatchObject([{ id }]);
      expect(await listLeaving(actor, 0)).toEqual([]);
      expect(await summariseLeaving(actor, 0)).toBeNull();
      expect(leavesAt({ usedAt: new Date(0), announcedAt: new Date(1), isPinned: false }, 0)).toBeNull();
    });

    it("taken back from the trash is announced anew before it can leave again", async () => {
      const actor = await anActor();
      const { conversationId: id } = await aConversation(actor);
      await madeOlder(actor, "used_at", "2 years");
      await announceUnused();
      await madeOlder(actor, "announced_at", "31 days");
      await trashUnused();
      await restoreConversation(actor, id);
      await trashUnused();
      expect(await trashIds(actor)).toEqual([]);
    });
  });
});
