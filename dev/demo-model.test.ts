import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOpenAiCompatibleModel } from "@/lib/providers/llm.openai-compatible";
import { demoAnswer } from "./demo-answer";
import { DEMO_MODEL, startDemoModel } from "./demo-model";
import { bareQuestion, sourcesIn } from "./demo-sources";
import { findOllama } from "./find-ollama";

let demo: Awaited<ReturnType<typeof startDemoModel>>;
beforeAll(async () => {
  demo = await startDemoModel({});
});
afterAll(() => demo.close());

const limits = { firstTokenMs: 2000, idleMs: 2000, totalMs: 20_000 };

it("answers through the product's own adapter, as a real model would", async () => {
  const model = createOpenAiCompatibleModel({ baseUrl: demo.baseUrl, apiKey: undefined, model: DEMO_MODEL, limits });
  const question = "Faites-moi un tableau";
  const messages = [{ role: "user" as const, content: question }];
  let text = "";
  let usage = 0;
  for await (const event of model({ instructions: "", messages, signal: new AbortController().signal })) {
    if (event.type === "text") text += event.delta;
    if (event.type === "usage") usage = event.outputTokens ?? 0;
  }
  expect(text).toBe(demoAnswer(question));
  expect(usage).toBeGreaterThan(0);
});

it("says that it is a demonstration, quotes the question, and how to plug a real model", () => {
  const answer = demoAnswer("Qu’est-ce qu’un arrêté ?\nDeuxième ligne");
  expect(answer).toMatch(/^\*\*Réponse de démonstration\./);
  expect(answer).toContain("> Qu’est-ce qu’un arrêté ?\n> Deuxième ligne");
  for (const name of ["LLM_BASE_URL", "LLM_API_KEY", "LLM_MODEL"]) expect(answer).toContain(name);
});

it("quotes what it is given to read, each sentence with its number, and not the marks around it", () => {
  const page =
    "⟦DÉBUT : EXTRAIT source 4, page web « Congés », x.fr⟧\n# Congés\nTout agent a droit à un congé annuel payé. Suite.\n⟦FIN : EXTRAIT⟧";
  const document =
    "⟦DÉBUT : DOCUMENT 1, « a.txt »⟧\n[source 1, partie 1]\nLa subvention demandée est de mille deux cents euros.\n⟦FIN : DOCUMENT⟧\n\nQuel montant ?";
  expect(bareQuestion(document)).toBe("Quel montant ?");
  const answer = demoAnswer(bareQuestion(document), sourcesIn([document, page]));
  expect(answer).toContain("> Quel montant ?");
  expect(answer).not.toContain("⟦");
  expect(answer).toContain("« La subvention demandée est de mille deux cents euros » [1]");
  expect(answer).toContain("« Tout agent a droit à un congé annuel payé » [4]");
});

it("searches the web with the words of the question when it must", async () => {
  const model = createOpenAiCompatibleModel({ baseUrl: demo.baseUrl, apiKey: undefined, model: DEMO_MODEL, limits });
  const messages = [{ role: "user" as const, content: "Combien de jours de congés ?" }];
  const tools = [{ name: "search_web", description: "", parameters: { type: "object" as const } }];
  const asked = { instructions: "", messages, tools, mustCall: "search_web", signal: new AbortController().signal };
  const calls: unknown[] = [];
  for await (const event of model(asked)) if (event.type === "tool-calls") calls.push(...event.calls);
  expect(calls).toMatchObject([{ name: "search_web", arguments: '{"query":"Combien de jours de congés"}' }]);
});

it("refuses what it does not understand with a JSON error", async () => {
  const post = (body: string) => fetch(`${demo.baseUrl}/chat/completions`, { method: "POST", body });
  expect((await post("{")).status).toBe(422);
  expect((await post("{}")).status).toBe(422);
  expect((await fetch(`${demo.baseUrl}/nothing`)).status).toBe(404);
});

describe("findOllama", () => {
  async function serve(answer: string, delayMs = 0) {
    const server = createServer((_, response) => void setTimeout(() => response.end(answer), delayMs));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { baseUrl, close: () => server.close() };
  }

  it("takes the first model that can chat", async () => {
    const server = await serve(JSON.stringify({ data: [{ id: "nomic-embed-text" }, { id: "mistral-small" }] }));
    expect(await findOllama(server.baseUrl)).toEqual({ baseUrl: server.baseUrl, model: "mistral-small" });
    server.close();
  });

  it.each([
    ["no model is installed", '{"data":[]}', 0],
    ["something else answers", "<html>", 0],
    ["it is too slow to answer", '{"data":[{"id":"m"}]}', 600],
  ])("finds nothing when %s", async (_when, answer, delayMs) => {
    const server = await serve(answer, delayMs);
    expect(await findOllama(server.baseUrl)).toBeNull();
    server.close();
  });

  it("finds nothing when nothing listens", async () => {
    const server = await serve("");
    server.close();
    expect(await findOllama(server.baseUrl)).toBeNull();
  });
});
