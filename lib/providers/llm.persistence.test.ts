import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askModel, patient } from "@/tests/support/ask-model";
import { type ScriptedModel, startScriptedModel } from "@/tests/support/scripted-model";
import { backOffMs, retryAfterMs } from "./llm.persistence";

let upstream: ScriptedModel;
beforeAll(async () => {
  upstream = await startScriptedModel();
});
afterAll(() => upstream.close());

/** The outcome, how many requests it took, and how long. */
async function ask(scenario: string, asked: Parameters<typeof askModel>[2] = {}) {
  const [before, startedAt] = [upstream.requests.length, Date.now()];
  const outcome = await askModel(upstream.baseUrl, scenario, asked);
  return { ...outcome, requests: upstream.requests.length - before, ms: Date.now() - startedAt };
}
const WHOLE = { text: "Ma réponse", error: null };

describe("a busy server", () => {
  it.each([
    ["after the seconds it says", "429-seconds", 290],
    ["at the date it says", "429-date", 490],
    ["a little later when it says nothing", "429-silent", 240],
  ])("is asked again %s", async (_when, scenario, msMin) => {
    const outcome = await ask(scenario);
    expect(outcome).toMatchObject({ ...WHOLE, requests: 2 });
    expect(outcome.ms).toBeGreaterThanOrEqual(msMin);
  });

  it("is asked again twice, and no more", async () => {
    expect(await ask("503-silent")).toMatchObject({ ...WHOLE, requests: 3 });
    expect(await ask("429-three-times")).toMatchObject({ error: { code: "model_busy" }, requests: 3 });
  });

  it("is not waited for when it asks for more than ten seconds", async () => {
    expect(await ask("429-for-long")).toMatchObject({ error: { code: "model_busy" }, requests: 1 });
  });

  it("is not waited for past the time limit of the first token", async () => {
    const outcome = await ask("429-for-five-seconds", { limits: { ...patient, firstTokenMs: 3000 } });
    expect(outcome).toMatchObject({ error: { code: "model_busy" }, requests: 1 });
    expect(outcome.ms).toBeLessThan(2500);
  });

  it("is not asked again once a word was said", async () => {
    expect(await ask("busy-after-a-word")).toMatchObject({
      text: "Début",
      error: { code: "model_busy" },
      requests: 1,
    });
  });

  it("is left alone as soon as the caller stops", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("stopped")), 200);
    const outcome = await ask("429-for-five-seconds", {
      signal: stop.signal,
      limits: { ...patient, firstTokenMs: 20_000 },
    });
    expect(outcome).toMatchObject({ error: { message: "stopped" }, requests: 1 });
    expect(outcome.ms).toBeLessThan(1500);
  });
});

describe("a server that does not know an option", () => {
  it.each([
    ["stream_options", {}],
    ["temperature", { temperature: 0.2 }],
    ["reasoning_effort", { reasoningEffort: "low" }],
  ])("is asked once more without it: %s", async (option, server) => {
    const outcome = await ask(`unknown-${option}`, server);
    expect(outcome).toMatchObject({ ...WHOLE, requests: 2 });
    expect(upstream.requests.at(-1)?.body).not.toHaveProperty(option);
  });

  it("is not sent it again by those who come after", async () => {
    const refusedOptions = new Set<string>();
    expect(await ask("unknown-stream_options", { refusedOptions })).toMatchObject({ ...WHOLE, requests: 2 });
    expect(refusedOptions).toEqual(new Set(["stream_options"]));
    expect(await ask("unknown-stream_options", { refusedOptions })).toMatchObject({ ...WHOLE, requests: 1 });
  });

  it("is not asked again when what it refuses was not sent", async () => {
    expect(await ask("422")).toMatchObject({ error: { code: "model_refused_request" }, requests: 1 });
  });
});

it.each([
  ["3", 3000],
  [" 0.5 ", 500],
  ["0", 0],
  ["Wed, 21 Oct 2026 07:28:05 GMT", 5000],
  ["Wed, 21 Oct 2026 07:27:00 GMT", 0],
  ["bientôt", null],
  ["", null],
  [null, null],
])("reads Retry-After %j as %j ms", (header, ms) => {
  expect(retryAfterMs(header, Date.parse("2026-10-21T07:28:00Z"))).toBe(ms);
});

it("waits longer at each retry, and never exactly as long as the others", () => {
  expect([0, 1].map((retries) => backOffMs(retries, 0))).toEqual([250, 500]);
  expect([0, 1].map((retries) => backOffMs(retries, 1))).toEqual([750, 1500]);
});
