import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asMaintenance, asMember } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import { purges } from "@/db/schema/erasures";
import { openTurn } from "@/lib/assistant/mutations";
import { onStopAsked } from "@/lib/assistant/stop-turn";
import type { Actor } from "@/lib/auth/actor";
import { getConversation } from "@/lib/conversations/queries";
import { endTurn, saveSummary } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aConversation, aModel, anOpenedTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { tablesHolding } from "@/tests/support/everything";
import { setTestSettings } from "@/tests/support/settings";
import { aSweepUnderWay, aTemporaryConversation, passed } from "@/tests/support/temporary";
import { aQuestion } from "@/tests/support/turns";
import { closeTemporary, keepTemporary, leaveTemporary, purgeTemporary, showTemporary } from "./mutations";

setTestSettings();
const gone = { code: "conversation_not_found" };

const isThere = (actor: Actor, id: string) =>
  getConversation(actor, id).then(
    () => true,
    () => false,
  );

const written = (actor: Actor) =>
  asMember(
    actor.agentId,
    async (tx) => (await tx.select().from(messages)).length + (await tx.select().from(turns)).length,
  );

onEachDatabase(() => {
  describe("the end of a temporary conversation", () => {
    it("comes a day after its beginning, whether or not it is shown; until the sweep comes it is gone already", async () => {
      const actor = await anActor();
      const { conversationId: id } = await aTemporaryConversation(actor);
      await passed(actor, id, "23 hours 59 minutes");
      await purgeTemporary();
      expect(await isThere(actor, id)).toBe(true);
      await showTemporary(actor, id);
      await passed(actor, id, "1 minute 1 second");
      expect(await isThere(actor, id)).toBe(false);
      await expect(showTemporary(actor, id)).rejects.toMatchObject(gone);
      expect(await written(actor)).toBe(3);
      expect(await purgeTemporary()).toBeGreaterThan(0);
      expect(await written(actor)).toBe(0);
    });

    it("comes a moment after it was left", async () => {
      const actor = await anActor();
      const { conversationId: id } = await aTemporaryConversation(actor);
      await leaveTemporary(actor, id);
      await purgeTemporary();
      expect(await isThere(actor, id)).toBe(true);
      await passed(actor, id, "91 seconds");
      expect(await isThere(actor, id)).toBe(false);
      await purgeTemporary();
      expect(await written(actor)).toBe(0);
    });

    it.each<[string, (actor: Actor, id: string) => Promise<unknown>]>([
      ["shown again", (actor, id) => showTemporary(actor, id)],
      [
        "asked something",
        (actor, id) => anOpenedTurn(actor, aQuestion("Encore", { conversationId: id, isNew: false })),
      ],
    ])("is put off to the day's when it is %s within that moment", async (_how, act) => {
      const actor = await anActor();
      const { conversationId: id } = await aTemporaryConversation(actor);
      await leaveTemporary(actor, id);
      await act(actor, id);
      await passed(actor, id, "2 hours");
      await purgeTemporary();
      expect(await isThere(actor, id)).toBe(true);
    });

    it("is said to whoever still asks from a page that shows it", async () => {
      const actor = await anActor();
      const { conversationId } = await aTemporaryConversation(actor);
      await closeTemporary(actor, conversationId);
      const late = aQuestion("Trop tard", { conversationId, isNew: false, temporary: true });
      await expect(openTurn(actor, late, aModel)).rejects.toMatchObject({ code: "temporary_gone" });
      expect(await isThere(actor, conversationId)).toBe(false);
    });

    it("stops the answer that is being written, removes what waits after it, and takes nothing back from it", async () => {
      const actor = await anActor();
      const turn = await anOpenedTurn(actor, aQuestion("Une question", { temporary: true }));
      const { conversationId } = turn;
      await openTurn(actor, aQuestion("Ensuite", { conversationId, isNew: false }), aModel);
      await saveSummary(actor.agentId, conversationId, { messageId: turn.questionId, text: "Un résumé" });
      let isTold = false;
      const forget = onStopAsked(turn.turnId, () => {
        isTold = true;
      });
      await closeTemporary(actor, conversationId);
      await expect.poll(() => isTold).toBe(true);
      forget();
      const late = { parts: [{ type: "text" as const, text: "trop tard" }], text: "trop tard" };
      expect(await endTurn(actor.agentId, turn, { status: "completed" }, late)).toBeNull();
      expect(Object.keys(await tablesHolding(conversationId))).toEqual([]);
    });

    it("does not come to one that is shown again as the sweep is about to remove it", async () => {
      const actor = await anActor();
      const { conversationId: id } = await aTemporaryConversation(actor);
      await passed(actor, id, "25 hours");
      const { sweep } = await asMember(actor.agentId, async (tx) => {
        await tx.update(conversations).set({ expiresAt: sql`now() + interval '1 hour'` });
        const under = aSweepUnderWay();
        await under.begun;
        return under;
      });
      await sweep;
      expect(await isThere(actor, id)).toBe(true);
      expect(await written(actor)).toBe(3);
    });

    it("removes each once, and counts it, when several processes sweep at once", async () => {
      const actor = await anActor();
      const ids: string[] = [];
      for (let n = 0; n < 5; n += 1) ids.push((await aTemporaryConversation(actor)).conversationId);
      for (const id of ids) await passed(actor, id, "25 hours");
      const count = async () =>
        (await asMaintenance((tx) => tx.select().from(purges).where(sql`kind = 'temporary'`))).reduce(
          (sum, row) => ({
            conversations: sum.conversations + row.conversations,
            messages: sum.messages + row.messages,
          }),
          { conversations: 0, messages: 0 },
        );
      const before = await count();
      const removed = await Promise.all([purgeTemporary(), purgeTemporary(), purgeTemporary()]);
      expect(removed.reduce((sum, n) => sum + n, 0)).toBe(5);
      expect(await count()).toEqual({ conversations: before.conversations + 5, messages: before.messages + 10 });
      expect(await written(actor)).toBe(0);
    });

    it("does not remove one that is kept, whatever is asked", async () => {
      const actor = await anActor();
      const { conversationId } = await aConversation(actor);
      for (const act of [closeTemporary, leaveTemporary, showTemporary])
        await expect(act(actor, conversationId)).rejects.toMatchObject(gone);
      await keepTemporary(actor, conversationId); // as another page did
      await asMember(actor.agentId, (tx) => tx.execute(sql`delete from conversations`));
      expect(await isThere(actor, conversationId)).toBe(true);
    });
  });
});
