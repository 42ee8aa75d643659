import { sql } from "drizzle-orm";
import { expect, it, onTestFinished, vi } from "vitest";
import { asMember, openDatabase, replaceDatabase } from "@/db/client";
import { openPostgres } from "@/db/open";
import { listShownMessages } from "@/lib/conversations/queries";
import { plainText } from "@/lib/conversations/rules";
import { searchHistory } from "@/lib/history/queries";
import { endTurn, saveAfterInterruption, saveProgress } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { interruptDeadTurns } from "./maintenance";
import { findRunningTurn } from "./queries";
import { sweepDeadTurns } from "./sweep-turns";

setTestSettings({});

/** PGlite runs one transaction at a time: fewer rounds say as much. */
const ROUNDS = { postgres: 1000, pglite: 200 };
const ENDS = ["completed", "stopped", "failed"] as const;

onEachDatabase(() => {
  it("is claimed by exactly one of the normal end, a stop, a failure and the crash sweep, over and over", async () => {
    const actor = await anActor();
    const { agentId } = actor;
    const rounds = ROUNDS[(await openDatabase()).engine];
    const winners = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1) {
      const turn = await aRunningTurn(actor);
      await asMember(agentId, (tx) =>
        tx.execute(sql`update turns set heartbeat_at = now() - interval '1 hour' where id = ${turn.turnId}`),
      );
      // Each round starts them in another order: the first one does not always win.
      const racers = [
        ...ENDS.map((status) => async () => {
          const content = { parts: [{ type: "text" as const, text: status }], text: status };
          return (await endTurn(agentId, turn, { status }, content)) ? status : null;
        }),
        async () => ((await interruptDeadTurns()).includes(turn.turnId) ? "interrupted" : null),
      ];
      const order = racers.map((_, index) => racers[(index + round) % racers.length]);
      const claims = (await Promise.all(order.map((race) => race?.()))).filter((claim) => claim !== null);
      expect(claims).toHaveLength(1);
      const [winner = ""] = claims;
      winners.set(winner ?? "", (winners.get(winner ?? "") ?? 0) + 1);
      if (round % 50 === 0) {
        const answer = (await listShownMessages(actor, turn.conversationId)).at(-1);
        expect(answer?.turn?.status).toBe(winner);
        expect(plainText(answer?.parts ?? [])).toBe(winner === "interrupted" ? "" : winner);
      }
    }
    // A race that one of them always wins would prove nothing.
    expect([...winners.keys()].sort()).toEqual(["completed", "failed", "interrupted", "stopped"]);
  }, 180_000);

  it("is left to the sweep that took its process for dead, and the whole text is kept", async () => {
    const actor = await anActor();
    const turn = await aRunningTurn(actor);
    const written = (text: string) => ({ parts: [{ type: "text" as const, text }], text });
    await saveProgress([{ ownerId: actor.agentId, turn, content: written("Le début") }]);
    await asMember(actor.agentId, (tx) =>
      tx.execute(sql`update turns set heartbeat_at = now() - interval '1 hour' where id = ${turn.turnId}`),
    );
    expect(await interruptDeadTurns()).toContain(turn.turnId);
    const whole = written("Le début, puis le pangolin");
    expect(await endTurn(actor.agentId, turn, { status: "completed" }, whole)).toBeNull();
    await saveAfterInterruption(actor.agentId, turn, whole);
    await saveAfterInterruption(actor.agentId, turn, written("Moins")); // what is known least comes last
    const answer = (await listShownMessages(actor, turn.conversationId)).at(-1);
    expect(answer).toMatchObject({ parts: whole.parts, turn: { status: "interrupted" } });
    expect((await searchHistory(actor, { query: "pangolin", sort: "date" })).total).toBe(1);
    // One that ended otherwise is left as it is.
    const ended = await aRunningTurn(actor);
    await endTurn(actor.agentId, ended, { status: "stopped" }, written("Court"));
    await saveAfterInterruption(actor.agentId, ended, whole);
    expect((await listShownMessages(actor, ended.conversationId)).at(-1)?.parts).toEqual(written("Court").parts);
  });

  it("is not given by the sweep while the database is away, nor just after: nobody could say that they lived", async () => {
    const actor = await anActor();
    const turn = await aRunningTurn(actor);
    await asMember(actor.agentId, (tx) =>
      tx.execute(sql`update turns set heartbeat_at = now() - interval '1 hour' where id = ${turn.turnId}`),
    );
    const isRunning = async () => (await findRunningTurn(actor, turn.conversationId)) !== null;
    const there = await openDatabase();
    const away = await openPostgres("postgres://127.0.0.1:9/nulle-part");
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(async () => {
      vi.useRealTimers();
      replaceDatabase(there);
      await away.close();
    });
    replaceDatabase(away);
    await sweepDeadTurns();
    replaceDatabase(there);
    await sweepDeadTurns();
    expect(await isRunning()).toBe(true);
    vi.advanceTimersByTime(19_000);
    await sweepDeadTurns();
    expect(await isRunning()).toBe(true);
    vi.advanceTimersByTime(2_000);
    await sweepDeadTurns();
    expect(await isRunning()).toBe(false);
  });
});
