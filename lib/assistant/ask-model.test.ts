import { afterAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import { plainText } from "@/lib/conversations/rules";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { installModelsOf } from "@/tests/support/models";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear, opened } from "@/tests/support/turns";
import { followTurn, replayTurn } from "./follow-turn";
import { runTurn } from "./run-turn";
import { startTurn } from "./start-turn";
import { stopTurn } from "./stop-turn";

const upstream = await startScriptedModel();
setTestSettings({ LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "habile" });
installModelsOf(
  [
    { id: "habile", tools: true, fallbacks: ["simple"] },
    { id: "simple", tools: false },
  ],
  { essai: upstream.baseUrl },
);
afterAll(() => upstream.close());

// A model's failure is a warning, whose content is checked where it is the subject.
const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => void warned.mockClear());

const forever = () => new AbortController().signal;

async function ask(actor: Actor, scenario: string, modelId = "habile") {
  const before = upstream.requests.length;
  const turn = opened(await startTurn(actor, aQuestion(`[scenario:${scenario}] Quand expire le délai ?`, { modelId })));
  runTurn(turn);
  const heard = await hear(followTurn(turn.turnId, forever()));
  const stored = (await listShownMessages(actor, turn.conversationId)).at(-1);
  return {
    turn,
    heard,
    stored,
    calls: (stored?.parts ?? []).filter((part) => part.type === "tool"),
    sent: upstream.requests.slice(before).map(({ body }) => body),
  };
}

onEachDatabase(() => {
  it("runs the tool that the model calls, and has it answer with the result", async () => {
    const { heard, stored, calls, sent, turn } = await ask(await anActor(), "calls-deadline");
    expect(heard.end?.status).toBe("completed");
    expect(calls).toMatchObject([
      { name: "deadline", state: "done", input: { days: 10 }, output: { end: "2026-05-19", days: 10 } },
    ]);
    expect(heard.text).toContain('Résultats : {"end":"2026-05-19"');
    expect(plainText(stored?.parts ?? [])).toBe(heard.text);
    // Told when it starts, and at the same place when it ends.
    const told = heard.chunks.filter((chunk) => chunk.type === "data-tool");
    expect(told.map(({ id, data }) => [id, data.state])).toEqual([
      ["0", "running"],
      ["0", "done"],
    ]);
    const [first, second] = sent;
    expect(first?.tools).toMatchObject([{ type: "function", function: { name: "deadline" } }]);
    expect(second?.messages?.slice(-2)).toMatchObject([
      { role: "assistant", tool_calls: [{ id: "call_1", function: { name: "deadline" } }] },
      { role: "tool", tool_call_id: "call_1" },
    ]);
    expect(turn.history).toHaveLength(1);
  });

  it("counts what all the calls of the model read and wrote", async () => {
    const { stored } = await ask(await anActor(), "calls-deadline");
    expect(stored?.turn).toMatchObject({ inputTokens: 24, outputTokens: 68 });
  });

  it("keeps what was said before the call, and tells the whole again to who comes later", async () => {
    const actor = await anActor();
    const { stored, heard, turn } = await ask(actor, "says-then-calls");
    expect(stored?.parts.map(({ type }) => type)).toEqual(["text", "tool", "text"]);
    expect(heard.text).toMatch(/^Je compte\. Résultats : /);
    const replayed = await hear(await replayTurn(actor, turn, forever()));
    expect(replayed.text).toBe(heard.text);
    expect(replayed.chunks.filter(({ type }) => type === "data-tool")).toMatchObject([{ data: { state: "done" } }]);
    expect(replayed.chunks.findLast((chunk) => chunk.type === "data-end")?.data.provenance).toMatchObject({
      modelLabel: "Le habile",
    });
  });

  it("tells the model what is wrong with a call, and lets it try again", async () => {
    const { calls, heard } = await ask(await anActor(), "calls-wrongly-then-well");
    expect(calls.map(({ state }) => state)).toEqual(["failed", "failed", "failed", "done"]);
    expect(heard.text).toMatch(/arguments refusés[\s\S]*l’un des deux seulement[\s\S]*2026-05-19/);
  });

  it("refuses a tool that does not exist, and the answer goes on", async () => {
    const { calls, heard } = await ask(await anActor(), "calls-what-does-not-exist");
    expect(calls).toMatchObject([{ name: "unknown", state: "failed" }]);
    expect(heard).toMatchObject({ end: { status: "completed" } });
    expect(heard.text).toContain("« envoyer_courriel » n’existe pas");
  });

  it("makes a model that calls for ever answer after five rounds", async () => {
    const { calls, heard, sent } = await ask(await anActor(), "calls-for-ever");
    expect(calls).toHaveLength(5);
    expect(sent).toHaveLength(6);
    expect(heard.text).toBe("Je réponds enfin.");
  });

  it("offers no tool to a model that has none, and takes its calls for nothing", async () => {
    const { calls, heard, sent } = await ask(await anActor(), "calls-deadline", "simple");
    expect(sent[0]?.tools).toBeUndefined();
    expect(calls).toEqual([]);
    expect(heard.end).toMatchObject({ status: "failed", code: "model_empty_answer" });
  });

  it("never goes on with another model once a tool was called", async () => {
    const { calls, heard, sent } = await ask(await anActor(), "calls-then-fails");
    expect(heard.end).toMatchObject({ status: "failed" });
    expect(calls).toMatchObject([{ state: "done" }]);
    expect(sent.map(({ model }) => model)).toEqual(["openweight-habile", "openweight-habile"]);
  });

  it("stops in the middle of the answer that follows a call, and keeps both", async () => {
    const actor = await anActor();
    const turn = opened(
      await startTurn(actor, aQuestion("[scenario:calls-then-stalls] Quand ?", { modelId: "habile" })),
    );
    runTurn(turn);
    const hearing = hear(followTurn(turn.turnId, forever()));
    await vi.waitFor(async () => {
      const stored = (await listShownMessages(actor, turn.conversationId)).at(-1);
      expect(stored?.parts.map(({ type }) => type)).toEqual(["tool", "text"]);
    }, 5_000);
    await stopTurn(turn.turnId);
    expect(await hearing).toMatchObject({ text: "Le délai ", end: { status: "stopped" } });
  });

  it("shows as it is a call that the model wrote as prose", async () => {
    const { calls, heard } = await ask(await anActor(), "writes-calls-as-prose");
    expect(calls).toEqual([]);
    expect(heard).toMatchObject({ end: { status: "completed" } });
    expect(heard.text).toContain("<tool_call>");
  });
});
