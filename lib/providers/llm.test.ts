import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_ANSWER, wordsAnswer } from "@/tests/support/scripted-answers";
import { type ScriptedModel, startScriptedModel } from "@/tests/support/scripted-model";
import type { AnswerEvent } from "./llm";
import { createOpenAiCompatibleModel, type ModelLimits } from "./llm.openai-compatible";

const patient: ModelLimits = { firstTokenMs: 5000, idleMs: 5000, totalMs: 20_000 };
let upstream: ScriptedModel;
beforeAll(async () => {
  upstream = await startScriptedModel();
});
beforeEach(() => upstream.follow(null));
afterAll(() => upstream.close());

type Outcome = { text: string; reasoning: string; events: AnswerEvent[]; error: unknown };

async function ask(
  scenario: string,
  { limits = patient, signal = new AbortController().signal, baseUrl = upstream.baseUrl } = {},
): Promise<Outcome> {
  const model = createOpenAiCompatibleModel({ baseUrl, apiKey: "cle", model: "m", limits });
  const outcome: Outcome = { text: "", reasoning: "", events: [], error: null };
  const messages = [{ role: "user" as const, content: `[scenario:${scenario}] Bonjour` }];
  try {
    for await (const event of model({ instructions: "Consigne", messages, signal })) {
      outcome.events.push(event);
      if (event.type !== "usage") outcome[event.type] += event.delta;
    }
  } catch (error) {
    outcome.error = error;
  }
  return outcome;
}

describe("an answer", () => {
  it("is given to the last character, however its bytes, its words and its Markdown are cut", async () => {
    for (let round = 0; round < 5; round += 1) expect((await ask("default")).text).toBe(DEFAULT_ANSWER);
  });

  it("is asked with the instructions apart from the messages, the key and the model", async () => {
    await ask("default");
    expect(upstream.requests.at(-1)).toMatchObject({
      path: "/v1/chat/completions",
      authorization: "Bearer cle",
      body: { model: "m", stream: true, messages: [{ role: "system", content: "Consigne" }, { role: "user" }] },
    });
  });

  it("comes with its usage, wherever the server puts it", async () => {
    expect((await ask("default")).events.at(-1)).toEqual({ type: "usage", inputTokens: 12, outputTokens: 34 });
  });

  it.each([
    ["without a closing mark", "without-done", "Réponse sans fin de flux"],
    ["without a reason to finish", "without-finish-reason", "Réponse sans motif"],
    ["with odd roles and reasons", "odd-roles", "Ma réponse"],
    ["in one block, not streamed", "not-streamed", "D’un bloc"],
    ["very long", "long", wordsAnswer(3000)],
  ])("is read %s", async (_how, scenario, text) => {
    expect(await ask(scenario)).toMatchObject({ text, error: null });
  });

  it.each(["think-tags", "reasoning-content", "reasoning", "content-parts"])(
    "has its reasoning apart from its text, said as %s",
    async (scenario) => {
      expect(await ask(scenario)).toMatchObject({ reasoning: "Je réfléchis", text: "Ma réponse", error: null });
    },
  );
});

describe("a failure", () => {
  it.each([
    ["401", "model_refused_key"],
    ["403", "model_refused_key"],
    ["404", "model_not_found"],
    ["422", "model_refused_request"],
    ["429", "model_busy"],
    ["500", "model_failed"],
    ["503", "model_busy"],
    ["html-error", "model_failed"],
    ["html-in-200", "model_malformed_answer"],
    ["empty-answer", "model_empty_answer"],
    ["unclosed-think", "model_empty_answer"],
    ["ended-without-a-word", "model_cut"],
  ])("« %s » is told as %s", async (scenario, code) => {
    expect(await ask(scenario)).toMatchObject({ text: "", error: { code } });
  });

  it.each([
    ["cut-in-the-middle", "model_cut", "Début de réponse coupée"],
    ["closed-early", "model_cut", "Début de réponse"],
    ["malformed-stream", "model_malformed_answer", "Bonjour"],
    ["error-event", "model_failed", "Bonjour"],
    ["raw-detail", "model_failed", "Bonjour"],
    ["finish-error", "model_failed", "Bonjour"],
  ])("« %s » is told as %s, after what was said before it", async (scenario, code, text) => {
    expect(await ask(scenario)).toMatchObject({ text, error: { code } });
  });

  it("of the connection is told as model_unreachable", async () => {
    const closed = await startScriptedModel();
    await closed.close();
    expect(await ask("default", { baseUrl: closed.baseUrl })).toMatchObject({ error: { code: "model_unreachable" } });
    expect(await ask("default", { baseUrl: "http://hote-inconnu.invalid/v1" })).toMatchObject({
      error: { code: "model_unreachable" },
    });
  });

  it("never carries the question in its own message", async () => {
    const { error } = await ask("422");
    expect(String(error)).not.toContain("Bonjour");
  });
});

describe("patience", () => {
  it.each([
    ["the first token", "slow-first-token", { ...patient, firstTokenMs: 100 }],
    ["the next token", "stalls", { ...patient, idleMs: 100 }],
    ["the whole answer", "never-ends", { ...patient, totalMs: 300 }],
  ])("ends when %s takes too long, and the model is left alone", async (_what, scenario, limits) => {
    expect(await ask(scenario, { limits })).toMatchObject({ error: { code: "model_too_slow" } });
    await expect.poll(() => upstream.requests.at(-1)?.abandonedAt).not.toBeNull();
  });
});

describe("the caller's signal", () => {
  it("closes the connection to the model within 300 ms, and gives its own reason", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("stopped")), 200);
    const { error, text } = await ask("never-ends", { signal: stop.signal });
    const stoppedAt = Date.now();
    expect(error).toMatchObject({ message: "stopped" });
    expect(text).toContain("mot1 ");
    await expect.poll(() => upstream.requests.at(-1)?.abandonedAt, { timeout: 1000 }).not.toBeNull();
    expect((upstream.requests.at(-1)?.abandonedAt ?? 0) - stoppedAt).toBeLessThan(300);
  });

  it("already fired, asks nothing", async () => {
    const before = upstream.requests.length;
    expect((await ask("default", { signal: AbortSignal.abort(new Error("never")) })).error).toMatchObject({
      message: "never",
    });
    expect(upstream.requests).toHaveLength(before);
  });

  it("is not needed by a reader who leaves in the middle", async () => {
    const model = createOpenAiCompatibleModel({
      baseUrl: upstream.baseUrl,
      apiKey: undefined,
      model: "m",
      limits: patient,
    });
    const messages = [{ role: "user" as const, content: "[scenario:never-ends]" }];
    for await (const _ of model({ instructions: "", messages, signal: new AbortController().signal })) break;
    await expect.poll(() => upstream.requests.at(-1)?.abandonedAt).not.toBeNull();
  });
});
