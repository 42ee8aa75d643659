import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askModel } from "@/tests/support/ask-model";
import { type ScriptedModel, startScriptedModel } from "@/tests/support/scripted-model";

let upstream: ScriptedModel;
beforeAll(async () => {
  upstream = await startScriptedModel();
});
afterAll(() => upstream.close());
const ask = (scenario: string) => askModel(upstream.baseUrl, scenario);

const WHOLE = { text: "Ma réponse", finish: "stop", error: null };
const COUNTED = { inputTokens: 12, outputTokens: 34, isEstimated: false };

describe("a stream is read", () => {
  it.each([
    ["with lines that end in CR LF", "crlf"],
    ["with lines that end in LF", "line-feeds"],
    ["with lines that end in CR", "carriage-returns"],
    ["with comments, and fields that are no data", "comments-and-fields"],
    ["without its closing mark", "usage-absent"],
    ["as raw JSON, without « data: »", "without-data-prefix"],
    ["without a space after « data: »", "data-without-space"],
    ["with events that have no choice", "empty-choices"],
    ["in one block, indented over several lines", "not-streamed-indented"],
    ["with contents that are null", "content-null"],
    ["with contents that are missing", "content-missing"],
    ["with a delta that is null", "delta-null"],
    ["with contents that are lists of texts", "content-strings"],
    ["with a refusal instead of a content", "refusal"],
    ["with roles that are null or unknown", "odd-roles"],
  ])("%s", async (_how, scenario) => {
    expect(await ask(scenario)).toMatchObject(WHOLE);
  });
});

describe("the usage", () => {
  it.each(["usage-first", "usage-last", "usage-with-the-end", "usage-at-each-event", "usage-in-two-parts"])(
    "is the server's: %s",
    async (scenario) => {
      expect(await ask(scenario)).toMatchObject({ ...WHOLE, usage: COUNTED });
    },
  );

  it.each(["usage-absent", "usage-null"])(
    "is estimated, and says so, when the server does not count: %s",
    async (scenario) => {
      const { usage } = await ask(scenario);
      // "Consigne" and the question are 8 and 31 characters or so; the answer is 10.
      expect(usage).toMatchObject({ outputTokens: 3, isEstimated: true });
      expect(usage?.inputTokens).toBeGreaterThan(8);
      expect(usage?.inputTokens).toBeLessThan(20);
    },
  );

  it("keeps what the server counted when it counts one half", async () => {
    expect((await ask("usage-of-input-only")).usage).toMatchObject({
      inputTokens: 12,
      outputTokens: 3,
      isEstimated: true,
    });
  });

  it("has the server's own figure of CO2, in grams: one number, or an interval", async () => {
    expect((await ask("usage-with-impacts")).usage?.co2Grams).toEqual({ min: 0.005, max: 0.005 });
    expect((await ask("usage-with-carbon")).usage?.co2Grams).toEqual({ min: 0.004, max: 0.006 });
    expect((await ask("usage-last")).usage).not.toHaveProperty("co2Grams");
  });
});

describe("the reason to finish", () => {
  it.each([
    ["null", "finish-null", "stop"],
    ["« eos »", "finish-eos", "stop"],
    ["said with the last word", "finish-with-the-last-word", "stop"],
    ["« tool_calls » when no tool is called", "finish-tool-calls-without-any", "stop"],
    ["« length »", "finish-length", "length"],
    ["« content_filter »", "finish-content-filter", "content_filter"],
  ])("%s is understood", async (_word, scenario, finish) => {
    expect(await ask(scenario)).toMatchObject({ ...WHOLE, finish });
  });

  it("« content_filter » without a word says that the answer was blocked", async () => {
    expect(await ask("filtered-at-once")).toMatchObject({ text: "", error: { code: "model_filtered" } });
  });
});

describe("an error inside a successful answer", () => {
  it.each([
    ["after « event: error »", "error-event-at-once"],
    ["as data", "error-data-at-once"],
    ["without « data: »", "error-raw-at-once"],
    ["over several lines", "error-raw-indented"],
  ])("is found %s", async (_where, scenario) => {
    expect(await ask(scenario)).toMatchObject({ text: "", error: { code: "model_failed" } });
  });

  it("is understood: a busy server, a prompt too long", async () => {
    expect(await ask("error-says-busy")).toMatchObject({ error: { code: "model_busy" } });
    expect(await ask("error-says-too-long")).toMatchObject({ error: { code: "model_prompt_too_long" } });
  });
});

describe("an error status", () => {
  it.each([
    ["{error: {message}}", "too-long-error-object"],
    ["{error: {code}}", "too-long-error-code"],
    ["{error: text}", "too-long-error-text"],
    ["{detail: text}", "too-long-detail"],
    ["{detail: [{msg}]}", "too-long-detail-list"],
    ["{message}", "too-long-message"],
    ["plain text", "too-long-plain"],
    ["its number alone", "413"],
  ])("is understood from %s", async (_shape, scenario) => {
    expect(await ask(scenario)).toMatchObject({ error: { code: "model_prompt_too_long" } });
  });

  it.each(["html-portal", "html-not-found"])("with a page of a proxy is no word of the model: %s", async (scenario) => {
    expect(await ask(scenario)).toMatchObject({ error: { code: "model_unreachable" } });
  });
});

it("leaves connections that can be used again by the next answers", async () => {
  const fresh = await startScriptedModel();
  const scenarios = ["usage-last", "default", "usage-first", "finish-null", "usage-last", "default"];
  for (const scenario of scenarios) await askModel(fresh.baseUrl, scenario);
  expect(fresh.requests).toHaveLength(6);
  // The second answer may be asked for just before the first connection is known to be free.
  expect(fresh.connections()).toBeLessThanOrEqual(2);
  await fresh.close();
});
