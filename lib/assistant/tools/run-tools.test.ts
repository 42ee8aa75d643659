import { expect, it } from "vitest";
import { CALL_ID_CHARACTERS_MAX } from "../schema";
import { runTools } from "./run-tools";
import type { ToolContext } from "./tool";

const context = { signal: new AbortController().signal } as ToolContext;
const countDays = JSON.stringify({ start: "2026-03-02", count: "calendar", days: 3 });

/** The identifiers under which calls are stored, and those under which their results are given back. */
async function idsOf(ids: string[]) {
  const run = runTools(
    ids.map((id) => ({ id, name: "deadline", arguments: countDays })),
    context,
  );
  const stored = new Set<string>();
  let step = await run.next();
  for (; !step.done; step = await run.next()) stored.add(step.value.callId);
  return { stored: [...stored], given: step.value.map((message) => "callId" in message && message.callId) };
}

it.each([
  ["one of which is like that given to another", ["x 2", "x", "x"]],
  ["all the same", ["x", "x", "x"]],
  ["too long to be answered", ["x".repeat(500), "x".repeat(500)]],
])("tells calls apart, whatever their server calls them: %s", async (_how, ids) => {
  const { stored, given } = await idsOf(ids);
  expect(stored).toHaveLength(ids.length);
  expect(stored.every((id) => id.length <= CALL_ID_CHARACTERS_MAX)).toBe(true);
  expect(given).toEqual(ids);
});
