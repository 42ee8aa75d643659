import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { askModel, patient } from "@/tests/support/ask-model";
import { DEFAULT_ANSWER, wordsAnswer } from "@/tests/support/scripted-answers";
import { type ScriptedModel, startScriptedModel } from "@/tests/support/scripted-model";
import { createOpenAiCompatibleModel } from "./llm.openai-compatible";

let upstream: ScriptedModel;
beforeAll(async () => {
  upstream = await startScriptedModel();
});
beforeEach(() => upstream.follow(null));
afterAll(() => upstream.close());

const ask = (scenario: string, { baseUrl = upstream.baseUrl, ...asked }: Parameters<typeof askModel>[2] = {}) =>
  askModel(baseUrl, scenario, asked);

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

  it("ends with its usage, then the reason why it ends", async () => {
    const { types, usage, finish } = await ask("default");
    expect(types.slice(-2)).toEqual(["usage", "finish"]);
    expect({ usage, finish }).toEqual({
      usage: { type: "usage", inputTokens: 12, outputTokens: 34, isEstimated: false },
      finish: "stop",
    });
  });

  it("asks with the options of its model, and no other", async () => {
    await ask("default", { outputMax: 500, temperature: 0.3, reasoningEffort: "low" });
    expect(upstream.requests.at(-1)?.body).toMatchObject({
      max_tokens: 500,
      temperature: 0.3,
      reasoning_effort: "low",
    });
    await ask("default");
    for (const option of ["max_tokens", "temperature", "reasoning_effort", "seed", "tools"])
      expect(upstream.requests.at(-1)?.body).not.toHaveProperty(option);
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

  it("comes after the usage of what was said before it, estimated", async () => {
    expect(await ask("cut-in-the-middle")).toMatchObject({
      usage: { isEstimated: true, outputTokens: 6 },
      finish: null,
      error: { code: "model_cut" },
    });
    expect(await ask("500")).toMatchObject({ usage: null });
  });

  it.each(["401", "422", "429", "html-error", "html-in-200", "error-event", "cut-in-the-middle", "malformed-stream"])(
    "carries neither the question nor the key in what may be logged of it: %s",
    async (scenario) => {
      const { error } = await ask(scenario, { apiKey: "cle-tres-secrete" });
      expect(error).toBeInstanceOf(Error);
      expect(inspect(error, { depth: 10 })).not.toMatch(/Bonjour|tres-secrete/);
    },
  );
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
  it("closes the connection to the model minutes before it would have ended, and gives its own reason", async () => {
    const stop = new AbortController();
    const onText = (said: string) => void (said.includes("mot1 ") && stop.abort(new Error("stopped")));
    const { error, text } = await ask("never-ends", { signal: stop.signal, onText });
    expect(error).toMatchObject({ message: "stopped" });
    expect(text).toContain("mot1 ");
    await expect.poll(() => upstream.requests.at(-1)?.abandonedAt, { timeout: 5_000 }).not.toBeNull();
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
