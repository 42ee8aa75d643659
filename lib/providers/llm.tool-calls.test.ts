import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText, tool } from "ai";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type ScriptedModel, startScriptedModel } from "@/tests/support/scripted-model";
import { persistentFetch } from "./llm.persistence";
import { tolerantFetch } from "./llm.tolerance";
import { createToolCallGatherer } from "./llm.tool-calls";

let upstream: ScriptedModel;
beforeAll(async () => {
  upstream = await startScriptedModel();
});
afterAll(() => upstream.close());

/** The calls as the AI SDK gives them to whoever runs the tools. */
async function callsIn(scenario: string) {
  const persistence = { deadlineAt: Date.now() + 5000, refusedOptions: new Set<string>() };
  const provider = createOpenAICompatible({
    name: "model",
    baseURL: upstream.baseUrl,
    fetch: tolerantFetch(persistentFetch(fetch, persistence)),
  });
  const { stream, toolCalls, finishReason, text } = streamText({
    model: provider.chatModel("m"),
    prompt: `[scenario:${scenario}]`,
    tools: {
      recherche: tool({ inputSchema: z.object({ q: z.string() }) }),
      lecture: tool({ inputSchema: z.object({ url: z.string() }) }),
    },
  });
  for await (const _ of stream);
  return { calls: await toolCalls, finishReason: await finishReason, text: await text };
}

describe("calls of tools reach the AI SDK whole", () => {
  it.each([
    ["said in pieces that interlace", "tools-by-index"],
    ["said whole in one event", "tools-whole"],
    ["without an identifier", "tools-without-id"],
    ["with the same identifier twice", "tools-with-one-id"],
    ["without an index", "tools-without-index"],
    ["with arguments that are objects, at the same index", "tools-with-object-arguments"],
    ["when the reason to finish does not speak of them", "tools-that-finish-with-stop"],
  ])("%s", async (_how, scenario) => {
    const { calls, finishReason } = await callsIn(scenario);
    expect(calls).toMatchObject([
      { toolName: "recherche", input: { q: "congé parental" } },
      { toolName: "lecture", input: { url: "https://exemple.fr" } },
    ]);
    expect(new Set(calls.map(({ toolCallId }) => toolCallId)).size).toBe(2);
    expect(finishReason).toBe("tool-calls");
  });

  it("and are said invalid when their arguments are no JSON, without ending the answer", async () => {
    const { calls } = await callsIn("tools-with-invalid-json");
    expect(calls).toMatchObject([{ toolName: "recherche", invalid: true }]);
  });

  it("unless the server does not know tools: it is asked again without them", async () => {
    const before = upstream.requests.length;
    expect(await callsIn("unknown-tools")).toMatchObject({ calls: [], text: "Ma réponse" });
    expect(upstream.requests.slice(before).map(({ body }) => ["tools" in body, "tool_choice" in body])).toEqual([
      [true, true],
      [false, false],
    ]);
  });
});

const gather = (pieces: unknown[]) => {
  const gatherer = createToolCallGatherer();
  for (const piece of pieces) gatherer.push([piece]);
  return gatherer.finish();
};

it.each([
  [
    "a name said again with each piece",
    [
      { index: 0, id: "a", function: { name: "f", arguments: '{"a"' } },
      { index: 0, id: "a", function: { name: "f", arguments: ":1}" } },
    ],
    [{ id: "a", name: "f", arguments: '{"a":1}' }],
  ],
  [
    "two calls of one tool at the same index",
    [
      { index: 0, function: { name: "f", arguments: "{}" } },
      { index: 0, function: { name: "f", arguments: '{"a":1}' } },
    ],
    [
      { id: "call_0", name: "f", arguments: "{}" },
      { id: "call_1", name: "f", arguments: '{"a":1}' },
    ],
  ],
  ["no argument at all", [{ index: 0, id: "a", function: { name: "f" } }], [{ id: "a", name: "f", arguments: "{}" }]],
  [
    "arguments said twice",
    [
      { index: 0, id: "a", function: { name: "f", arguments: '{"a":1}' } },
      { index: 0, id: "a", function: { arguments: '{"a":1}' } },
    ],
    [{ id: "a", name: "f", arguments: '{"a":1}' }],
  ],
  [
    "an identifier and an index that are of another type",
    [{ index: "0", id: 7, function: { name: "f", arguments: "{}" } }],
    [{ id: "7", name: "f", arguments: "{}" }],
  ],
  [
    "an identifier that comes late",
    [
      { index: 0, function: { name: "f", arguments: "{" } },
      { index: 0, id: "a", function: { arguments: "}" } },
    ],
    [{ id: "a", name: "f", arguments: "{}" }],
  ],
  [
    "an invented identifier already taken",
    [
      { index: 0, id: "call_1", function: { name: "f" } },
      { index: 1, function: { name: "g" } },
    ],
    [
      { id: "call_1", name: "f", arguments: "{}" },
      { id: "call_1_", name: "g", arguments: "{}" },
    ],
  ],
  ["pieces that belong to no call", [null, "f", {}, { index: 3, function: { arguments: "{}" } }], []],
])("understands %s", (_what, pieces, calls) => {
  expect(gather(pieces)).toEqual(calls);
});

it("puts together any arguments however they are cut and interlaced by index", () => {
  const some = fc.array(fc.tuple(fc.jsonValue(), fc.array(fc.nat(200), { maxLength: 5 })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(some, fc.array(fc.nat(), { maxLength: 40 }), (said, order) => {
      const wholes = said.map(([value]) => JSON.stringify({ value }));
      const queues = wholes.map((whole, index) => {
        const cuts = [0, ...(said[index]?.[1] ?? []).map((cut) => cut % whole.length).toSorted((a, b) => a - b)];
        const pieces = cuts.map((from, at) => whole.slice(from, cuts[at + 1] ?? whole.length));
        return pieces.map((part, at) => ({
          index,
          ...(at === 0 && { id: `id-${index}` }),
          function: { ...(at === 0 && { name: "f" }), arguments: part },
        }));
      });
      const pieces = [...order, ...queues.flat().map((_, at) => at)].flatMap((n) => {
        const waiting = queues.filter((queue) => queue.length > 0);
        return waiting[n % Math.max(1, waiting.length)]?.shift() ?? [];
      });
      const gathered = gather(pieces).toSorted((a, b) => a.id.localeCompare(b.id));
      expect(gathered).toEqual(wholes.map((whole, index) => ({ id: `id-${index}`, name: "f", arguments: whole })));
    }),
  );
});
