import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { asMember, openDatabase } from "@/db/client";
import { listShownMessages } from "@/lib/conversations/queries";
import { plainText } from "@/lib/conversations/rules";
import { endTurn } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { interruptDeadTurns } from "./maintenance";

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
});
