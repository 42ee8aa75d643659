import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openTurn } from "@/lib/assistant/mutations";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { renameConversation } from "@/lib/conversations/mutations";
import { listConversations, listShownMessages } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { endTurn, saveProgress } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aConversation, aModel, deleteConversation, restoreConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { aQuestion } from "@/tests/support/turns";
import { asGate, asMaintenance, asMember, openDatabase, type Transaction } from "./client";

const contentTables = ["agents", "sessions", "conversations", "messages", "turns"];

const rowsOf = (result: unknown): Record<string, unknown>[] =>
  Array.isArray(result) ? [...result] : (result as { rows: Record<string, unknown>[] }).rows;

const count = async (tx: Transaction, table: string) =>
  Number(rowsOf(await tx.execute(sql.raw(`select count(id) as n from ${table}`)))[0]?.n);

const INSUFFICIENT_PRIVILEGE = "42501";

onEachDatabase(() => {
  it("forces row-level security on every table of the product", async () => {
    const { db } = await openDatabase();
    const tables = rowsOf(
      await db.execute(sql`select relname, relrowsecurity and relforcerowsecurity as locked from pg_class
        where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by relname`),
    );
    expect(tables.length).toBeGreaterThanOrEqual(7);
    expect(tables.filter(({ locked }) => !locked)).toEqual([]);
  });

  it("gives the product's roles no way around the policies", async () => {
    const { db } = await openDatabase();
    const roles = rowsOf(
      await db.execute(sql`select rolname, rolsuper or rolbypassrls or rolcanlogin or rolcreaterole as dangerous,
        exists (select from pg_class where relowner = pg_roles.oid) as owns
        from pg_roles where rolname in ('assistant_member', 'assistant_gate', 'assistant_maintenance', 'assistant_search') order by rolname`),
    );
    expect(roles).toEqual(
      ["assistant_gate", "assistant_maintenance", "assistant_member", "assistant_search"].map((rolname) => ({
        rolname,
        dangerous: false,
        owns: false,
      })),
    );
  });

  it("lets nobody take the role that searches: its functions are the only way in", async () => {
    const { db } = await openDatabase();
    const able = rowsOf(
      await db.execute(sql`select member::regrole::text as member from pg_auth_members
        where roleid = 'assistant_search'::regrole and not (select rolsuper from pg_roles where oid = member)`),
    );
    expect(able).toEqual([]);
    const open = rowsOf(
      await db.execute(sql`select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
        and (proowner <> 'assistant_search'::regrole or has_function_privilege('assistant_gate', oid, 'execute')
          or not 'search_path=""' = any (proconfig))`),
    );
    expect(open).toEqual([]);
  });

  it.each(contentTables)("returns no row of %s to a member without an actor", async (table) => {
    await aConversation(await anActor());
    expect(await asMember("", (tx) => count(tx, table))).toBe(0);
  });

  it.each(["messages", "conversations", "turns"])(
    "returns only the actor's rows of %s to a select without WHERE",
    async (table) => {
      const [alice, bob] = [await anActor(), await anActor()];
      const turn = await aConversation(alice);
      await aConversation(bob);
      const rows = rowsOf(await asMember(alice.agentId, (tx) => tx.execute(sql.raw(`select * from ${table}`))));
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(rows.map(({ owner_id }) => owner_id))).toEqual(new Set([alice.agentId]));
      expect(rows.every((row) => (row.conversation_id ?? row.id) === turn.conversationId)).toBe(true);
    },
  );

  it.each(["agents.instructions", "messages.text", "conversations.title", "turns.status"])(
    "refuses %s to the role that signs people in",
    async (column) => {
      const [table, name] = column.split(".");
      await expect(asGate((tx) => tx.execute(sql.raw(`select ${name} from ${table}`)))).rejects.toMatchObject({
        code: INSUFFICIENT_PRIVILEGE,
      });
    },
  );

  it.each(["agents.email", "messages.text", "conversations.title", "sessions.id_token"])(
    "refuses %s to the role that sweeps",
    async (column) => {
      const [table, name] = column.split(".");
      await expect(asMaintenance((tx) => tx.execute(sql.raw(`select ${name} from ${table}`)))).rejects.toMatchObject({
        code: INSUFFICIENT_PRIVILEGE,
      });
    },
  );

  it("lets a member neither become someone else's owner nor keep the role after the transaction", async () => {
    const [alice, bob] = [await anActor(), await anActor()];
    const stolen = asMember(alice.agentId, (tx) =>
      tx.execute(sql`insert into conversations (id, owner_id, title) values (${newId()}, ${bob.agentId}, 'x')`),
    );
    await expect(stolen).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
    const { db } = await openDatabase();
    const [after] = rowsOf(await db.execute(sql`select current_role, current_setting('app.actor', true) as actor`));
    expect(after?.current_role).not.toBe("assistant_member");
    expect(after?.actor ?? "").toBe("");
  });

  describe("two agents at the same time", () => {
    type Step = {
      who: 0 | 1;
      what: "ask" | "answer" | "save" | "rename" | "delete" | "restore" | "list";
      whose: 0 | 1;
    };
    const step: fc.Arbitrary<Step> = fc.record({
      who: fc.constantFrom(0, 1),
      what: fc.constantFrom("ask", "answer", "save", "rename", "delete", "restore", "list"),
      whose: fc.constantFrom(0, 1),
    });

    it("never see each other's rows, in whatever order their operations interleave", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
          const actors: [Actor, Actor] = [await anActor(), await anActor()];
          const turns: [TurnMetadata, TurnMetadata] = [
            await aConversation(actors[0], { question: "secret-0", answer: "secret-0" }),
            await aConversation(actors[1], { question: "secret-1", answer: "secret-1" }),
          ];
          await Promise.all(steps.map((each) => run(each, actors, turns).catch(() => undefined)));
          for (const me of [0, 1] as const) {
            const other = `secret-${1 - me}`;
            const seen = await everythingVisibleTo(actors[me], turns);
            expect(seen).not.toContain(other);
            expect(seen).not.toContain(turns[1 - me]?.conversationId);
          }
        }),
        { numRuns: 25 },
      );
    }, 60_000);

    async function run({ who, what, whose }: Step, actors: [Actor, Actor], turns: [TurnMetadata, TurnMetadata]) {
      const actor = actors[who];
      const turn = turns[whose];
      const mark = `secret-${who}`;
      const id = turn.conversationId;
      const content = { parts: [{ type: "text" as const, text: mark }], text: mark };
      switch (what) {
        case "ask":
          return openTurn(actor, aQuestion(mark, { conversationId: id, isNew: false }), aModel);
        case "answer":
          return endTurn(actor.agentId, turn, { status: "completed" }, content);
        case "save":
          return saveProgress([{ ownerId: actor.agentId, turn, content }]);
        case "rename":
          return renameConversation(actor, { id, title: mark });
        case "delete":
          return deleteConversation(actor, id);
        case "restore":
          return restoreConversation(actor, id);
        case "list":
          return listConversations(actor);
      }
    }

    async function everythingVisibleTo(actor: Actor, turns: TurnMetadata[]): Promise<string> {
      const listed = await listConversations(actor);
      const shown = await Promise.all(
        turns.map((turn) => listShownMessages(actor, turn.conversationId).catch(() => [])),
      );
      const raw = await asMember(actor.agentId, async (tx) => [
        rowsOf(await tx.execute(sql`select * from messages`)),
        rowsOf(await tx.execute(sql`select * from conversations`)),
        rowsOf(await tx.execute(sql`select * from turns`)),
      ]);
      return JSON.stringify([listed, shown, raw]);
    }
  });
});
