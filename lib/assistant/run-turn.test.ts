import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { asMaintenance, asMember, openDatabase } from "@/db/client";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { endTurn } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { DEFAULT_ANSWER } from "@/tests/support/scripted-answers";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear, opened, until } from "@/tests/support/turns";
import { followTurn, replayTurn } from "./follow-turn";
import { interruptDeadTurns } from "./maintenance";
import { findRunningTurn } from "./queries";
import { runTurn } from "./run-turn";
import type { ChatInput } from "./schema";
import { startTurn } from "./start-turn";
import { stopTurn } from "./stop-turn";

const upstream = await startScriptedModel();
setTestSettings({
  LLM_BASE_URL: upstream.baseUrl,
  LLM_MODEL: "modele",
  LLM_LABEL: "Modèle d’essai",
  LLM_FIRST_TOKEN_TIMEOUT_SECONDS: "1",
});
afterAll(() => upstream.close());

// A model's failure is a warning, whose content is checked where it is the subject.
const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => void warned.mockClear());

const forever = () => new AbortController().signal;

async function begin(actor: Actor, input: ChatInput) {
  const turn = opened(await startTurn(actor, input));
  runTurn(turn);
  return turn;
}

const answerOf = async (actor: Actor, conversationId: string) =>
  (await listShownMessages(actor, conversationId)).at(-1);

onEachDatabase(() => {
  it("saves the question and its empty answer before the model is called", async () => {
    const actor = await anActor();
    const asked = upstream.requests.length;
    const input = aQuestion("Une question");
    expect(await startTurn(actor, input)).toMatchObject({ kind: "opened" });
    expect(await listShownMessages(actor, input.conversationId)).toMatchObject([
      { author: "agent", parts: [{ text: "Une question" }] },
      { author: "assistant", parts: [], turn: { status: "running", modelLabel: "Modèle d’essai" } },
    ]);
    expect(upstream.requests).toHaveLength(asked);
  });

  it("streams the answer to the last character, and finds it stored when it says that it ended", async () => {
    const actor = await anActor();
    const turn = await begin(actor, aQuestion("Bonjour"));
    const heard = await hear(followTurn(turn.turnId, forever()));
    expect(heard).toMatchObject({ text: DEFAULT_ANSWER, end: { status: "completed" }, isClosed: true });
    expect(heard.chunks[0]).toMatchObject({
      type: "start",
      messageId: turn.answerId,
      messageMetadata: { turnId: turn.turnId },
    });
    expect(heard.chunks.map(({ type }) => type).slice(-3)).toEqual(["text-end", "data-end", "finish"]);
    expect(await answerOf(actor, turn.conversationId)).toMatchObject({
      parts: [{ type: "text", text: DEFAULT_ANSWER }],
      turn: { status: "completed", failureCode: null },
    });
    const [usage] = await asMember(actor.agentId, (tx) =>
      tx.execute(sql`select input_tokens, output_tokens from turns where id = ${turn.turnId}`).then(toRows),
    );
    expect(usage).toEqual({ input_tokens: 12, output_tokens: 34 });
  });

  it("goes on to its end although everyone left", async () => {
    const actor = await anActor();
    const leaving = new AbortController();
    const turn = await begin(actor, aQuestion("[scenario:slow-stream] Bonjour"));
    const reader = followTurn(turn.turnId, leaving.signal).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    leaving.abort();
    await expect
      .poll(async () => (await answerOf(actor, turn.conversationId))?.turn?.status, { timeout: 30_000 })
      .toBe("completed");
    expect((await answerOf(actor, turn.conversationId))?.parts).toMatchObject([
      { text: expect.stringMatching(/mot60\s*$/) },
    ]);
  });

  it("gives a late follower the whole answer, from its first part", async () => {
    const actor = await anActor();
    const turn = await begin(actor, aQuestion("[scenario:slow-stream] Bonjour"));
    const first = hear(followTurn(turn.turnId, forever()));
    await new Promise((resolve) => setTimeout(resolve, 800));
    const late = await hear(followTurn(turn.turnId, forever()));
    expect(late.chunks).toEqual((await first).chunks);
  });

  it("saves what is written while it is written, and holds no connection of the database meanwhile", async () => {
    const actor = await anActor();
    const turn = await begin(actor, aQuestion("[scenario:slow-stream] Bonjour"));
    await expect
      .poll(async () => (await answerOf(actor, turn.conversationId))?.parts.length, { timeout: 3000 })
      .toBe(1);
    expect((await answerOf(actor, turn.conversationId))?.turn?.status).toBe("running");
    const { db, engine } = await openDatabase();
    if (engine === "postgres") {
      const held = await db.execute(
        sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      );
      expect(toRows(held)).toEqual([{ n: 0 }]);
    }
    await stopTurn(turn.turnId);
    await hear(followTurn(turn.turnId, forever()));
  });

  it("stops when asked, keeps what was said, and hangs up on the model minutes before it would have ended", async () => {
    const actor = await anActor();
    const turn = await begin(actor, aQuestion("[scenario:never-ends] Bonjour"));
    const heard = hear(followTurn(turn.turnId, forever()));
    await until(followTurn(turn.turnId, forever()), "mot1 ");
    const asked = Date.now();
    await stopTurn(turn.turnId);
    expect(await heard).toMatchObject({ end: { status: "stopped" }, text: expect.stringContaining("mot1 ") });
    await expect.poll(() => upstream.requests.at(-1)?.abandonedAt, { timeout: 5_000 }).not.toBeNull();
    expect((upstream.requests.at(-1)?.abandonedAt ?? 0) - asked).toBeLessThan(5_000);
    const stored = await answerOf(actor, turn.conversationId);
    expect(stored).toMatchObject({ parts: [{ text: (await heard).text }], turn: { status: "stopped" } });
  });

  it.each([
    ["401", "model_refused_key", ""],
    ["slow-first-token", "model_too_slow", ""],
    ["cut-in-the-middle", "model_cut", "Début de réponse coupée"],
    ["empty-answer", "model_empty_answer", ""],
  ])("keeps the question and what was said when the model fails with %s", async (scenario, code, text) => {
    const actor = await anActor();
    const question = `[scenario:${scenario}] Ma question précieuse`;
    const turn = await begin(actor, aQuestion(question));
    expect(await hear(followTurn(turn.turnId, forever()))).toMatchObject({ text, end: { status: "failed", code } });
    expect(await listShownMessages(actor, turn.conversationId)).toMatchObject([
      { parts: [{ text: question }] },
      { parts: text ? [{ text }] : [], turn: { status: "failed", failureCode: code } },
    ]);
    const line = JSON.stringify(warned.mock.calls);
    expect(line).toContain(code);
    expect(line).not.toContain("précieuse");
  });

  it("tries again with a new answer to the same question, which the model receives once", async () => {
    const actor = await anActor();
    const failed = await begin(actor, aQuestion("[scenario:500] Ma question"));
    await hear(followTurn(failed.turnId, forever()));
    upstream.follow("default");
    const { conversationId, questionId } = failed;
    const retried = await begin(actor, { kind: "retry", conversationId, questionId, answerId: newId() });
    expect(await hear(followTurn(retried.turnId, forever()))).toMatchObject({ end: { status: "completed" } });
    upstream.follow(null);
    const sent = upstream.requests.at(-1)?.body.messages?.filter(({ role }) => role !== "system");
    expect(sent).toEqual([{ role: "user", content: "[scenario:500] Ma question" }]);
    expect(await listShownMessages(actor, conversationId)).toHaveLength(2);
  });

  it("sends the conversation so far, and the agent's own instructions", async () => {
    const actor = await anActor({ instructions: "Répondez en une phrase." });
    const first = await begin(actor, aQuestion("Première"));
    await hear(followTurn(first.turnId, forever()));
    const second = await begin(actor, aQuestion("Seconde", { conversationId: first.conversationId, isNew: false }));
    await hear(followTurn(second.turnId, forever()));
    const [system, ...said] = upstream.requests.at(-1)?.body.messages ?? [];
    expect(system?.content).toContain("Répondez en une phrase.");
    expect(said).toEqual([
      { role: "user", content: "Première" },
      { role: "assistant", content: DEFAULT_ANSWER },
      { role: "user", content: "Seconde" },
    ]);
  });

  it("finds the turn already started when the browser sends the same question twice", async () => {
    const actor = await anActor();
    const input = aQuestion("Envoyée deux fois");
    const turn = await begin(actor, input);
    const again = await startTurn(actor, input);
    if (again.kind !== "known") throw new Error(`the question was asked again: ${again.kind}`);
    expect(again.turn.turnId).toBe(turn.turnId);
    const running = await hear(await replayTurn(actor, again.turn, forever()));
    const stored = await hear(await replayTurn(actor, again.turn, forever()));
    expect([running.text, stored.text]).toEqual([DEFAULT_ANSWER, DEFAULT_ANSWER]);
    expect(stored).toMatchObject({ end: { status: "completed" }, isClosed: true });
    expect(await listShownMessages(actor, turn.conversationId)).toHaveLength(2);
  });

  it("opens one turn when two questions arrive at the same instant, and the other waits", async () => {
    const actor = await anActor();
    const conversationId = newId();
    const outcomes = await Promise.all(
      [1, 2].map((n) => startTurn(actor, aQuestion(`Course ${n}`, { conversationId }))),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["opened", "queued"]);
  });

  describe("the end of a turn", () => {
    it("is claimed by exactly one of those who race for it, and only that one writes the answer", async () => {
      for (let round = 0; round < 20; round += 1) {
        const actor = await anActor();
        const turn = await aRunningTurn(actor);
        const statuses = ["completed", "stopped", "failed"] as const;
        const claims = await Promise.all(
          statuses.map((status) =>
            endTurn(actor.agentId, turn, { status }, { parts: [{ type: "text", text: status }], text: status }),
          ),
        );
        expect(claims.filter(Boolean)).toHaveLength(1);
        const winner = statuses[claims.findIndex(Boolean)];
        expect(await answerOf(actor, turn.conversationId)).toMatchObject({
          parts: [{ text: winner }],
          turn: { status: winner },
        });
      }
    });

    it("is given to a turn whose process died, its text kept, and never to one that lives", async () => {
      const actor = await anActor();
      const [dead, alive] = [await aRunningTurn(actor), await aRunningTurn(actor)];
      await asMember(actor.agentId, (tx) =>
        tx.execute(sql`update turns set heartbeat_at = now() - interval '21 seconds' where id = ${dead.turnId}`),
      );
      expect(await interruptDeadTurns()).toEqual([dead.turnId]);
      expect(await answerOf(actor, dead.conversationId)).toMatchObject({ turn: { status: "interrupted" } });
      expect(await findRunningTurn(actor, alive.conversationId)).not.toBeNull();
    });

    it("cannot be rewritten by the role that sweeps", async () => {
      const actor = await anActor();
      const turn = await aRunningTurn(actor);
      const cheat = asMaintenance((tx) =>
        tx.execute(sql`update turns set status = 'completed', ended_at = now() where id = ${turn.turnId}`),
      );
      await expect(cheat).rejects.toMatchObject({ code: "42501" });
    });
  });
});

const toRows = (result: unknown): unknown[] =>
  Array.isArray(result) ? [...result] : (result as { rows: unknown[] }).rows;
