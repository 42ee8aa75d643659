import { expect, it } from "vitest";
import { isOrdinaryEvent } from "./llm.ordinary";

const event = (choice: object, more: object = {}) => ({ id: "c", choices: [{ index: 0, ...choice }], ...more });

it.each([
  ["a piece of text", event({ delta: { content: "Bonjour" }, finish_reason: null })],
  ["an empty one", event({ delta: { role: "assistant", content: "" } })],
  [
    "one with the fields that servers leave empty",
    event({ delta: { content: "a", tool_calls: null } }, { usage: null }),
  ],
])("is %s", (_what, value) => expect(isOrdinaryEvent(value)).toBe(true));

it.each([
  ["nothing", null],
  ["a number", 1],
  ["no choice", { choices: [] }],
  ["two choices", { choices: [event({}).choices[0], event({}).choices[0]] }],
  ["the reason to finish", event({ delta: { content: "" }, finish_reason: "stop" })],
  ["a message, not streamed", event({ message: { content: "a" } })],
  ["no content", event({ delta: { content: null } })],
  ["content in parts", event({ delta: { content: [{ type: "text", text: "a" }] } })],
  ["reasoning", event({ delta: { content: "", reasoning_content: "Hum" } })],
  ["reasoning under its other name", event({ delta: { content: "", reasoning: "Hum" } })],
  ["a tool call", event({ delta: { content: "", tool_calls: [{}] } })],
  ["a refusal", event({ delta: { content: "", refusal: "Non" } })],
  ["usage", event({ delta: { content: "a" } }, { usage: { prompt_tokens: 1 } })],
  ["an error", event({ delta: { content: "a" } }, { error: { message: "boom" } })],
  ["a detail", event({ delta: { content: "a" } }, { detail: "boom" })],
])("is not %s", (_what, value) => expect(isOrdinaryEvent(value)).toBe(false));
