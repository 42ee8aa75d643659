import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ScriptedModel, startScriptedModel } from "@/tests/support/scripted-model";
import { persistentFetch } from "./llm.persistence";
import { readAnswer } from "./llm.tolerance";
import { createToolCallGatherer, type ToolCall } from "./llm.tool-calls";

let upstream: ScriptedModel;
beforeAll(async () => {
  upstream = await startScriptedModel();
});
afterAll(() => upstream.close());

/** What the model says to a request that offers tools. */
async function callsIn(scenario: string) {
  const ask = persistentFetch(fetch, { deadlineAt: Date.now() + 5000, refusedOptions: new Set() });
  const tools = ["recherche", "lecture"].map((name) => ({ type: "function", function: { name } }));
  const messages = [{ role: "user", content: `[scenario:${scenario}]` }];
  const { body } = await ask(`${upstream.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", stream: true, messages, tools, tool_choice: "auto" }),
  });
  const said = { calls: [] as ToolCall[], finish: "", text: "" };
  for await (const event of readAnswer(body as ReadableStream<Uint8Array>)) {
    if (event.type === "tool-calls") said.calls.push(...event.calls);
    if (event.type === "finish") said.finish = event.reason;
    if (event.type === "text") said.text += event.delta;
  }
  return said;
}

describe("calls of tools come whole", () => {
  it.each([
    ["said in pieces that interlace", "tools-by-index"],
    ["said whole in one event", "tools-whole"],
    ["without an identifier", "tools-without-id"],
    ["with the same identifier twice", "tools-with-one-id"],
    ["without an index", "tools-without-index"],
    ["with arguments that are objects, at the same index", "tools-with-object-arguments"],
    ["when the reason to finish does not speak of them", "tools-that-finish-with-stop"],
  ])("%s", async (_how, scenario) => {
    const { calls, finish } = await callsIn(scenario);
    expect(calls.map(({ name, arguments: said }) => [name, JSON.parse(said)])).toEqual([
      ["recherche", { q: "congé parental" }],
      ["lecture", { url: "https://exemple.fr" }],
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
    expect(finish).toBe("tool_calls");
  });

  it("as they were said when their arguments are no JSON, without ending the answer", async () => {
    const { calls, finish } = await callsIn("tools-with-invalid-json");
    expect(calls).toMatchObject([{ name: "recherche" }]);
    expect(() => JSON.parse(calls[0]?.arguments ?? "{}")).toThrow();
    expect(finish).toBe("tool_calls");
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
