import "server-only";
import {
  type AnswerEvent,
  type AnswerUsage,
  type Co2Grams,
  type ModelMessage,
  streamAnswer,
  type ToolCall,
  turnEndsAt,
} from "@/lib/providers/llm";
import { budgetFor } from "./budget";
import type { Sources } from "./citations/sources";
import { documentsOf } from "./read-documents";
import type { OpenTurn } from "./start-turn";
import { runTools, toolsFor } from "./tools/run-tools";
import type { ToolContext } from "./tools/tool";
import type { ToolPart } from "./tools/tool-parts";

/** How many times a model may call tools before it must answer. */
const ROUNDS_MAX = 5;

export type TurnEvent = Exclude<AnswerEvent, { type: "tool-calls" }> | ToolPart;

/**
 * What the model says, and what it does on the way: its calls of tools are run, and it is asked again with their results,
 * until it has answered. The usage given is that of all its calls together. What its tools give to read is added to `sources`.
 */
export async function* askModel(
  turn: OpenTurn,
  history: readonly ModelMessage[],
  sources: Sources,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent> {
  const endsAt = turnEndsAt();
  const budget = budgetFor(turn.modelId);
  const context: ToolContext = { actor: turn.actor, documents: documentsOf(turn), sources, budget, signal };
  const tools = await toolsFor(context);
  const messages: ModelMessage[] = [...history];
  let usage: AnswerUsage | undefined;
  let modelId = turn.modelId;
  for (let round = 0; ; round += 1) {
    const calls: ToolCall[] = [];
    let said = "";
    const before = usage;
    const asked = { modelId, role: turn.actor.role, instructions: turn.instructions, messages, signal, endsAt };
    const withTools = { tools, mustAnswer: round === ROUNDS_MAX, isBegun: round > 0 };
    for await (const event of streamAnswer({ ...asked, ...withTools })) {
      switch (event.type) {
        case "tool-calls":
          calls.push(...event.calls);
          continue;
        case "usage":
          usage = added(before, event);
          yield { ...usage, type: "usage" };
          continue;
        case "model":
          modelId = event.modelId;
          if (round > 0) continue;
          break;
        case "text":
          said += event.delta;
          break;
        case "finish":
          if (calls.length > 0) continue;
      }
      yield event;
    }
    if (calls.length === 0) return;
    const results = yield* runTools(calls, context);
    messages.push({ role: "assistant", content: said, calls }, ...results);
  }
}

function added(before: AnswerUsage | undefined, now: AnswerUsage): AnswerUsage {
  if (!before) return now;
  return {
    inputTokens: before.inputTokens + now.inputTokens,
    outputTokens: before.outputTokens + now.outputTokens,
    isEstimated: before.isEstimated || now.isEstimated,
    // Counted by both calls, or by none: half a figure would be a lie.
    ...(before.co2Grams && now.co2Grams && { co2Grams: addedGrams(before.co2Grams, now.co2Grams) }),
  };
}

const addedGrams = (a: Co2Grams, b: Co2Grams): Co2Grams => ({ min: a.min + b.min, max: a.max + b.max });
