import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { installModelsOf } from "@/tests/support/models";
import { DEFAULT_ANSWER } from "@/tests/support/scripted-answers";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import {
  type AnswerEvent,
  type AnswerRequest,
  completeText,
  isModelReachable,
  listAnswerModels,
  type ModelMessage,
  streamAnswer,
} from "./llm";
import { forgetHealth } from "./llm.health";

const [main, spare] = [await startScriptedModel(), await startScriptedModel()];
const closed = await startScriptedModel();
await closed.close();
setTestSettings({ LLM_FIRST_TOKEN_TIMEOUT_SECONDS: "3" });
afterAll(() => Promise.all([main.close(), spare.close()]));

const BASE_URLS = { albert: main.baseUrl, maison: spare.baseUrl, ferme: closed.baseUrl };

const install = (models: Parameters<typeof installModelsOf>[0]) => installModelsOf(models, BASE_URLS);

const GRAND = { id: "grand", fallbacks: ["petit"], outputMax: 4_000 };
const PETIT = { id: "petit", provider: "maison" };

beforeEach(() => {
  forgetHealth();
  for (const server of [main, spare]) {
    server.follow(null);
    server.listModelsWith(200);
  }
  install([GRAND, PETIT]);
});

type Answer = { model: (AnswerEvent & { type: "model" })[]; text: string; types: string[]; error: unknown };

async function ask(scenario: string, request: Partial<AnswerRequest> = {}): Promise<Answer> {
  const answer: Answer = { model: [], text: "", types: [], error: null };
  const messages = [{ role: "user" as const, content: `[scenario:${scenario}] Bonjour` }];
  const signal = new AbortController().signal;
  try {
    for await (const event of streamAnswer({
      modelId: "grand",
      role: "member",
      instructions: "",
      messages,
      signal,
      ...request,
    })) {
      answer.types.push(event.type);
      if (event.type === "model") answer.model.push(event);
      if (event.type === "text") answer.text += event.delta;
    }
  } catch (error) {
    answer.error = error;
  }
  return answer;
}

describe("an answer", () => {
  it("begins with the model that gives it, said once, and ends with its usage and its reason", async () => {
    const { model, text, types } = await ask("default");
    expect(model).toEqual([
      { type: "model", modelId: "grand", label: "Le grand", hostingLabel: "albert, en France", isFallback: false },
    ]);
    expect([types[0], ...types.slice(-2)]).toEqual(["model", "usage", "finish"]);
    expect(text).toBe(DEFAULT_ANSWER);
  });

  it("is asked of the model by the name and with the options its provider knows", async () => {
    await ask("default");
    expect(main.requests.at(-1)?.body).toMatchObject({ model: "openweight-grand", max_tokens: 4_000 });
  });

  it("is not asked of a model that someone may not use, nor of one that does not exist", async () => {
    install([GRAND, { ...PETIT, roles: ["analyst"] }]);
    const before = main.requests.length + spare.requests.length;
    for (const modelId of ["petit", "inconnu"])
      expect(await ask("default", { modelId })).toMatchObject({ error: { code: "model_not_found" } });
    expect(main.requests.length + spare.requests.length).toBe(before);
  });
});

describe("a failure before the first word", () => {
  const failures = [
    "401",
    "403",
    "404",
    "422",
    "429",
    "500",
    "503",
    "html-error",
    "html-in-200",
    "error-event-at-once",
    "error-raw-at-once",
    "empty-answer",
    "ended-without-a-word",
    "slow-first-token",
  ];
  it.each(failures)("moves to the fallback within the same answer: %s", async (scenario) => {
    spare.follow("default");
    const { model, text, error } = await ask(scenario);
    expect({ text, error }).toEqual({ text: DEFAULT_ANSWER, error: null });
    expect(model).toEqual([
      { type: "model", modelId: "petit", label: "Le petit", hostingLabel: "maison, en France", isFallback: true },
    ]);
  });

  it("gives to read, before the question, what tools found to a fallback that knows none", async () => {
    install([
      { ...GRAND, tools: true },
      { ...PETIT, tools: false },
    ]);
    const found = (id: string, content: string): ModelMessage[] => [
      { role: "assistant", content: "", calls: [{ id, name: "search_web", arguments: "{}" }] },
      { role: "tool", callId: id, name: "search_web", content },
    ];
    const messages = [{ role: "user" as const, content: "Ensuite ?" }, ...found("a", "Lu"), ...found("b", "Trouvé")];
    main.follow("500");
    spare.follow("default");
    expect(await ask("default", { messages })).toMatchObject({ text: DEFAULT_ANSWER, error: null });
    expect(spare.requests.at(-1)?.body.messages?.slice(1)).toMatchObject([
      { role: "user", content: "Lu\n\nTrouvé\n\nEnsuite ?" },
    ]);
  });

  it("moves to the fallback when nothing listens at the model's address", async () => {
    install([{ ...GRAND, provider: "ferme" }, PETIT]);
    expect(await ask("default")).toMatchObject({ text: DEFAULT_ANSWER, model: [{ isFallback: true }] });
  });

  it("moves to the next fallback, in order, and to none that the agent may not use", async () => {
    install([
      { ...GRAND, fallbacks: ["reserve", "moyen", "petit"] },
      { id: "reserve", provider: "maison", roles: ["analyst"] },
      { id: "moyen", provider: "ferme" },
      PETIT,
    ]);
    spare.follow("default");
    expect(await ask("500")).toMatchObject({ text: DEFAULT_ANSWER, model: [{ modelId: "petit" }] });
  });

  it("tells the error of the model asked for when all have failed", async () => {
    spare.follow("500");
    expect(await ask("404")).toMatchObject({ text: "", types: [], error: { code: "model_not_found" } });
    expect(spare.requests.at(-1)?.body.model).toBe("openweight-petit");
  });

  it.each(["too-long-error-object", "filtered-at-once"])(
    "asks no other model when the question is the cause: %s",
    async (scenario) => {
      const before = spare.requests.length;
      expect((await ask(scenario)).error).toMatchObject({ code: expect.stringMatching(/too_long|filtered/) });
      expect(spare.requests).toHaveLength(before);
    },
  );

  it("is told as it is when the fallback's context is too short for the question", async () => {
    spare.follow("too-long-detail");
    expect(await ask("500")).toMatchObject({ error: { code: "model_failed" } });
  });

  it("asks no other model once it was stopped", async () => {
    const before = spare.requests.length;
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("stopped")), 100);
    expect(await ask("slow-first-token", { signal: stop.signal })).toMatchObject({ error: { message: "stopped" } });
    expect(spare.requests).toHaveLength(before);
  });
});

it.each([
  ["cut-in-the-middle", "model_cut", "Début de réponse coupée"],
  ["error-event", "model_failed", "Bonjour"],
  ["busy-after-a-word", "model_busy", "Début"],
])("never moves to another model after the first word: %s", async (scenario, code, text) => {
  const before = spare.requests.length;
  expect(await ask(scenario)).toMatchObject({ text, model: [{ modelId: "grand" }], error: { code } });
  expect(spare.requests).toHaveLength(before);
});

describe("the health of a model", () => {
  const health = () => Object.fromEntries(listAnswerModels("member").map((model) => [model.id, model.health]));

  it("is good before anything is known", () => {
    expect(health()).toEqual({ grand: "good", petit: "good" });
  });

  it("is down once it failed three times, and it is then asked after its fallback, until it is the only one left", async () => {
    spare.follow("default");
    for (let time = 0; time < 3; time += 1) await ask("500");
    expect(health()).toEqual({ grand: "down", petit: "good" });

    const before = main.requests.length;
    expect(await ask("default")).toMatchObject({ model: [{ modelId: "petit", isFallback: true }] });
    expect(main.requests).toHaveLength(before);

    spare.follow("500");
    expect(await ask("default")).toMatchObject({ model: [{ modelId: "grand", isFallback: false }] });
  });

  it("does not suffer from questions that are refused, nor from those that are stopped", async () => {
    install([{ ...GRAND, fallbacks: [] }, PETIT]);
    for (let time = 0; time < 4; time += 1) {
      await ask("422");
      await ask("too-long-detail");
      await ask("default", { signal: AbortSignal.abort(new Error("stopped")) });
    }
    expect(health()).toEqual({ grand: "good", petit: "good" });
  });

  it("is down when its provider's list of models cannot be had, which is looked at in the background", async () => {
    main.listModelsWith(503);
    const before = main.timesListed();
    expect(health()).toEqual({ grand: "good", petit: "good" });
    await expect.poll(health).toEqual({ grand: "down", petit: "good" });
    for (let time = 0; time < 5; time += 1) health();
    expect(main.timesListed()).toBe(before + 1);
  });
});

describe("whether the service can answer", () => {
  it("is true while one provider answers, whatever it answers", async () => {
    main.listModelsWith(503);
    spare.listModelsWith(404);
    expect(await isModelReachable()).toBe(true);
  });

  it("is false when none does", async () => {
    main.listModelsWith(503);
    spare.listModelsWith(500);
    expect(await isModelReachable()).toBe(false);
  });
});

describe("a short text", () => {
  const title = (scenario: string, outputMax?: number) =>
    completeText({
      job: "title",
      instructions: "Un titre",
      prompt: `[scenario:${scenario}]`,
      signal: new AbortController().signal,
      ...(outputMax && { outputMax }),
    });

  it("comes from the model whose job it is, without its reasoning", async () => {
    install([GRAND, PETIT, { id: "titres", provider: "maison", jobs: ["title"], roles: ["administrator"] }]);
    expect(await title("think-tags", 30)).toBe("Ma réponse");
    expect(spare.requests.at(-1)?.body).toMatchObject({ model: "openweight-titres", max_tokens: 30 });
  });

  it("comes from the first model that answers when none has that job, or from its fallback", async () => {
    expect(await title("crlf")).toBe("Ma réponse");
    expect(main.requests.at(-1)?.body).toMatchObject({ model: "openweight-grand", max_tokens: 4_000 });
    spare.follow("crlf");
    expect(await title("500")).toBe("Ma réponse");
  });

  it("comes from a fallback whose job is only to answer", async () => {
    install([PETIT, { id: "titres", jobs: ["title"], fallbacks: ["petit"] }]);
    spare.follow("crlf");
    expect(await title("500")).toBe("Ma réponse");
    expect(main.requests.at(-1)?.body.model).toBe("openweight-titres");
  });

  it("fails with the model's error when none can", async () => {
    await expect(title("500")).rejects.toMatchObject({ code: "model_failed" });
  });
});
