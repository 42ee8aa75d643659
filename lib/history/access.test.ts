import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asGate, asMaintenance, asMember } from "@/db/client";
import type { Actor } from "@/lib/auth/actor";
import { anActor, someoneElse } from "@/tests/support/actors";
import { aConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { findInConversation, searchHistory, searchHistoryQuickly } from "./queries";

const MARK = "cormoran";
const all = (actor: Actor, query: string) => searchHistory(actor, { query, sort: "relevance" });
const denied = { code: "42501" };

/** As any statement written by hand would call them. */
const asked = (query: string) =>
  sql.raw(`select conversation_id::text as id from search_history('${query}'::tsquery, null, '${query}'::tsquery, null,
  null, null, false, false, null, null, null, true, now(), null, null, null, 100, 100)`);

onEachDatabase(() => {
  describe.each(someoneElse)("%s", (_who, make) => {
    it("never finds what someone else wrote, nor the words they use", async () => {
      const owner = await anActor();
      const turn = await aConversation(owner, { question: `Le ${MARK}`, answer: `Un ${MARK} noir` });
      const other = await make();
      for (const query of [MARK, `"${MARK}"`, "cormorran", "avec:web", "après:2020", `-${MARK} avant:2100`])
        expect(await all(other, query)).toMatchObject({ hits: [], total: 0, suggestions: [], isApproximate: false });
      expect(await searchHistoryQuickly(other, "corm")).toEqual([]);
      expect(await searchHistoryQuickly(other, `${MARK} avant:2100`)).toEqual([]);
      expect(await findInConversation(other, turn.conversationId, MARK)).toEqual({ messageIds: [] });
      // Their owner does.
      expect(await all(owner, MARK)).toMatchObject({ total: 3 });
      expect(await searchHistoryQuickly(owner, "corm")).toHaveLength(3);
      expect((await findInConversation(owner, turn.conversationId, MARK)).messageIds).toHaveLength(2);
    });

    it("cannot write in the index of someone else", async () => {
      const owner = await anActor();
      const { conversationId, answerId } = await aConversation(owner, { question: `Le ${MARK}` });
      const { agentId } = await make();
      const entries = [
        { message_id: answerId, has_web: false, lexemes: "'pirat':1" },
        { title_of: conversationId, lexemes: "'pirat':1" },
      ];
      await asMember(agentId, (tx) =>
        tx.execute(sql`select write_search_entries(${JSON.stringify(entries)}::jsonb, true)`),
      );
      for (const actor of [owner, { ...owner, agentId }])
        expect(await all(actor, "pirate")).toMatchObject({ total: 0 });
      expect(await all(owner, MARK)).toMatchObject({ total: 2 });
    });
  });

  describe("by SQL", () => {
    const statements = [
      "select * from search_entries",
      "insert into search_entries select * from search_entries",
      "update search_entries set has_web = true",
      "delete from search_entries",
    ];
    it.each(statements)("a member is refused: %s", async (statement) => {
      const owner = await anActor();
      await aConversation(owner, { question: MARK });
      const refused = asMember(owner.agentId, (tx) => tx.execute(sql.raw(statement)));
      await expect(refused).rejects.toMatchObject(denied);
    });

    it("nobody without an actor is given anything", async () => {
      await aConversation(await anActor(), { question: MARK });
      const nothing = await asMember("", async (tx) => [
        rowsOf(await tx.execute(asked(MARK))),
        rowsOf(await tx.execute(sql`select * from list_history_words(100, 1, 60)`)),
        rowsOf(await tx.execute(sql`select 1 where has_longer_history(0)`)),
      ]);
      expect(nothing).toEqual([[], [], []]);
    });

    it("an actor is given theirs, and no one else's", async () => {
      const [owner, other] = [await anActor(), await anActor()];
      const { conversationId } = await aConversation(owner, { question: MARK });
      const given = async ({ agentId }: Actor) => rowsOf(await asMember(agentId, (tx) => tx.execute(asked(MARK))));
      expect(new Set((await given(owner)).map(({ id }) => id))).toEqual(new Set([conversationId]));
      expect(await given(other)).toEqual([]);
    });

    it("the roles that sign people in and that sweep are refused the table and the functions", async () => {
      for (const as of [asGate, asMaintenance])
        for (const what of ["select * from search_entries", "select * from list_history_words(1, 1, 9)"])
          await expect(as((tx) => tx.execute(sql.raw(what)))).rejects.toMatchObject(denied);
      for (const as of [asGate, asMaintenance])
        await expect(as((tx) => tx.execute(asked(MARK)))).rejects.toMatchObject(denied);
    });
  });
});

const rowsOf = (result: unknown): Record<string, unknown>[] =>
  Array.isArray(result) ? [...result] : (result as { rows: Record<string, unknown>[] }).rows;
