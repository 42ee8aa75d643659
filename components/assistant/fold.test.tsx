import fc from "fast-check";
import { expect, it } from "vitest";
import type { AssistantChunk } from "@/lib/assistant/stream-parts";
import { fold, nothingHeard } from "./fold";

const turn = { turnId: "t", conversationId: "c", questionId: "q", answerId: "a", modelLabel: "m" };
const start: AssistantChunk = { type: "start", messageId: "a", messageMetadata: turn };
const hear = (chunks: AssistantChunk[]) => chunks.reduce(fold, nothingHeard);

it("gathers text and reasoning in the order they came", () => {
  const heard = hear([
    start,
    { type: "reasoning-start", id: "0" },
    { type: "reasoning-delta", id: "0", delta: "Hum" },
    { type: "reasoning-end", id: "0" },
    { type: "text-start", id: "1" },
    { type: "text-delta", id: "1", delta: "Bon" },
    { type: "text-delta", id: "1", delta: "jour" },
    { type: "text-end", id: "1" },
    { type: "data-end", data: { status: "completed" } },
    { type: "finish" },
  ]);
  expect(heard).toEqual({
    turn,
    parts: [
      { type: "reasoning", text: "Hum" },
      { type: "text", text: "Bonjour" },
    ],
    end: { status: "completed" },
    isWaiting: false,
  });
});

it("knows what the markers of a part stand for, as last told", () => {
  const source = {
    number: 1,
    documentId: "d",
    name: "rapport.pdf",
    page: 2,
    kind: "page",
    label: null,
    isRecognised: false,
    start: 0,
    end: 5,
  } as const;
  const checks = { checked: 1, dropped: 0, unfound: 0 };
  const heard = hear([
    start,
    { type: "text-start", id: "0" },
    { type: "data-sources", id: "0", data: { sources: [], checks: { ...checks, checked: 0 } } },
    { type: "data-sources", id: "0", data: { sources: [source], checks } },
    { type: "text-delta", id: "0", delta: "Oui [1]" },
    { type: "data-sources", id: "7", data: { sources: [], checks } },
  ]);
  expect(heard.parts).toEqual([{ type: "text", text: "Oui [1]", sources: [source], checks }]);
});

it("says that documents are waited for, and draws calls of tools where they were made", () => {
  const call = { type: "tool", callId: "a", name: "unknown", input: null, output: null } as const;
  const heard = hear([
    start,
    { type: "data-waiting", data: null },
    { type: "data-tool", id: "0", data: { ...call, state: "running" } },
    { type: "data-tool", id: "0", data: { ...call, state: "failed" } },
    { type: "reasoning-start", id: "1" },
    { type: "reasoning-delta", id: "1", delta: "Hum" },
    { type: "data-thought", id: "1", data: { durationMs: 1_200 } },
    { type: "reasoning-end", id: "1" },
  ]);
  expect(heard).toMatchObject({
    isWaiting: true,
    parts: [
      { type: "tool", state: "failed" },
      { type: "reasoning", text: "Hum", durationMs: 1_200 },
    ],
  });
});

it("starts over when the stream is followed again after a cut, losing and doubling nothing", () => {
  const deltas = fc.array(fc.string(), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(deltas, fc.nat(), (texts, cut) => {
      const whole: AssistantChunk[] = [
        start,
        { type: "text-start", id: "0" },
        ...texts.map((delta): AssistantChunk => ({ type: "text-delta", id: "0", delta })),
      ];
      const cutOff = whole.slice(0, cut % (whole.length + 1));
      expect(hear([...cutOff, ...whole])).toEqual(hear(whole));
      expect(hear(whole).parts).toEqual([{ type: "text", text: texts.join("") }]);
    }),
  );
});

it("keeps what was said when the turn fails, and why", () => {
  const heard = hear([
    start,
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "Début" },
    { type: "data-end", data: { status: "failed", code: "model_cut" } },
  ]);
  expect(heard).toMatchObject({ parts: [{ text: "Début" }], end: { status: "failed", code: "model_cut" } });
});

it("does not mind parts it does not know", () => {
  expect(hear([start, { type: "start-step" }, { type: "finish-step" }])).toEqual(hear([start]));
});

it("keeps the last told of a call that goes on by steps, in its place among the others", () => {
  const page = {
    url: "https://a.fr/",
    title: "A",
    site: "a.fr",
    date: null,
    state: "reading",
    failure: null,
    readAt: null,
    passages: [],
  } as const;
  const output = { query: "q", removed: [], period: null, officialOnly: false, engine: null };
  const told = (step: "confirming" | "searching" | "reading" | "done", more: object = {}): AssistantChunk => ({
    type: "data-tool",
    id: "1",
    data: {
      type: "tool",
      callId: "a",
      name: "search_web",
      input: { query: "q" },
      state: step === "done" ? "done" : "running",
      output: { ...output, step, pages: [], ...more },
    },
  });
  const before: AssistantChunk[] = [
    start,
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "Je cherche." },
  ];
  const steps = [
    told("confirming"),
    told("searching"),
    told("reading", { pages: [page] }),
    told("reading", { pages: [page] }),
  ];
  expect(hear([...before, ...steps]).parts).toMatchObject([
    { text: "Je cherche." },
    { state: "running", output: { step: "reading", pages: [{ state: "reading" }] } },
  ]);
  const after: AssistantChunk[] = [
    told("done", { pages: [{ ...page, state: "read" }] }),
    { type: "text-start", id: "2" },
    { type: "text-delta", id: "2", delta: "Voici." },
    told("done", { pages: [] }),
  ];
  expect(hear([...before, ...steps, ...after]).parts).toMatchObject([
    { text: "Je cherche." },
    { state: "done", output: { step: "done", pages: [] } },
    { text: "Voici." },
  ]);
});
