import fc from "fast-check";
import { expect, it } from "vitest";
import { createAnswer, toChunks } from "./answer";
import type { AssistantChunk } from "./stream-parts";

const said = (chunks: AssistantChunk[]) =>
  chunks.map((chunk) => ("delta" in chunk ? `${chunk.type}:${chunk.delta}` : chunk.type));

it("opens and closes a part each time the model goes from thinking to speaking", () => {
  const answer = createAnswer();
  const chunks = [
    ...answer.add({ type: "reasoning", delta: "Hum" }),
    ...answer.add({ type: "text", delta: "Bon" }),
    ...answer.add({ type: "text", delta: "jour" }),
    ...answer.closing(),
  ];
  expect(said(chunks)).toEqual([
    "reasoning-start",
    "reasoning-delta:Hum",
    "reasoning-end",
    "text-start",
    "text-delta:Bon",
    "text-delta:jour",
    "text-end",
  ]);
  expect(answer.content()).toEqual({
    parts: [
      { type: "reasoning", text: "Hum" },
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
  fc.assert(
    fc.property(fc.array(delta), (deltas) => {
      const answer = createAnswer();
      const chunks = [...deltas.flatMap((each) => answer.add(each)), ...answer.closing()];
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

/** What a reader of the stream rebuilds: one part per start … end. */
function fold(chunks: AssistantChunk[]) {
  const parts = new Map<string, { type: string; text: string }>();
  for (const chunk of chunks) {
    if (chunk.type === "text-start" || chunk.type === "reasoning-start")
      parts.set(chunk.id, { type: chunk.type.replace("-start", ""), text: "" });
    if (chunk.type === "text-delta" || chunk.type === "reasoning-delta") {
      const part = parts.get(chunk.id);
      if (!part) throw new Error("delta before its start");
      part.text += chunk.delta;
    }
  }
  return [...parts.values()];
}
