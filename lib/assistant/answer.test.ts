import fc from "fast-check";
import { expect, it } from "vitest";
import { createAnswer, toChunks } from "./answer";
import type { AssistantChunk } from "./stream-parts";
import type { ToolPart } from "./tools/tool-parts";

const said = (chunks: AssistantChunk[]) =>
  chunks.map((chunk) => ("delta" in chunk ? `${chunk.type}:${chunk.delta}` : chunk.type));

it("opens and closes a part each time the model goes from thinking to speaking, and says how long it thought", () => {
  let now = 1_000;
  const answer = createAnswer([], () => {
    now += 500;
    return now;
  });
  const chunks = [
    ...answer.add({ type: "reasoning", delta: "Hum" }),
    ...answer.add({ type: "text", delta: "Bon" }),
    ...answer.add({ type: "text", delta: "jour" }),
    ...answer.closing(),
  ];
  expect(said(chunks)).toEqual([
    "reasoning-start",
    "reasoning-delta:Hum",
    "data-thought",
    "reasoning-end",
    "text-start",
    "text-delta:Bon",
    "text-delta:jour",
    "text-end",
  ]);
  expect(answer.content()).toEqual({
    parts: [
      { type: "reasoning", text: "Hum", durationMs: 500 },
      { type: "text", text: "Bonjour" },
    ],
    text: "Bonjour",
  });
});

it("says nothing at all when the model said nothing", () => {
  const answer = createAnswer();
  expect([...answer.add({ type: "text", delta: "" }), ...answer.closing()]).toEqual([]);
});

it("stores what it streams, whatever the order of deltas", () => {
  const delta = fc.record({ type: fc.constantFrom("text" as const, "reasoning" as const), delta: fc.string() });
  const call = fc
    .constantFrom("running" as const, "done" as const, "failed" as const)
    .map((state): ToolPart => ({ type: "tool", callId: "1", name: "unknown", state, input: null, output: null }));
  fc.assert(
    fc.property(fc.array(fc.oneof(delta, call)), (events) => {
      const answer = createAnswer();
      const tell = (event: (typeof events)[number]) =>
        event.type === "tool" ? answer.addTool(event) : answer.add(event);
      const chunks = [...events.flatMap(tell), ...answer.closing()];
      const streamed = fold(chunks);
      expect(streamed).toEqual(answer.content().parts);
      expect(fold(toChunks(answer.content().parts))).toEqual(streamed);
    }),
  );
});

it("gives a content that later deltas do not change", () => {
  const answer = createAnswer();
  answer.add({ type: "text", delta: "avant" });
  const before = answer.content();
  answer.add({ type: "text", delta: " après" });
  expect(before.parts).toEqual([{ type: "text", text: "avant" }]);
});

/** What a reader of the stream rebuilds: one part per start … end, or per call of a tool. */
function fold(chunks: AssistantChunk[]): unknown[] {
  const parts = new Map<string, ToolPart | { type: string; text: string; durationMs?: number }>();
  for (const chunk of chunks) {
    if (chunk.type === "text-start" || chunk.type === "reasoning-start")
      parts.set(chunk.id, { type: chunk.type.replace("-start", ""), text: "" });
    if (chunk.type === "text-delta" || chunk.type === "reasoning-delta") {
      const part = parts.get(chunk.id);
      if (!part || !("text" in part)) throw new Error("delta before its start");
      part.text += chunk.delta;
    }
    if (chunk.type === "data-tool") parts.set(chunk.id ?? "", chunk.data);
    if (chunk.type === "data-thought") Object.assign(parts.get(chunk.id ?? "") ?? {}, chunk.data);
  }
  return [...parts.values()];
}

it("holds only whole characters at every moment, however the text is cut, and loses none", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.array(fc.nat(60), { maxLength: 20 }),
      (text, cuts) => {
        const whole = text.replaceAll("\0", "");
        const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const answer = createAnswer();
        for (const [index, place] of places.entries()) {
          answer.add({ type: "text", delta: whole.slice(places[index - 1] ?? 0, place) });
          expect(answer.content().text.isWellFormed()).toBe(true);
        }
        expect(answer.content().text).toBe(whole);
      },
    ),
  );
});

it("leaves out what PostgreSQL cannot hold: null characters and halves of characters", () => {
  const answer = createAnswer();
  answer.add({ type: "text", delta: "a\0b\udc00c" });
  answer.add({ type: "text", delta: "d\ud83d" });
  expect(answer.content().text).toBe("ab\ufffdcd");
});
