import "server-only";
import {
  type AnswerEvent,
  type AnswerUsage,
  type Co2Grams,
  type ModelMessage,
  modelInfo,
  streamAnswer,
  type ToolCall,
  turnEndsAt,
} from "@/lib/providers/llm";
import { prepareVisits } from "@/lib/web/visit-pages";
import { askForSearch } from "./ask-for-search";
import type { Sources } from "./citations/sources";
import { allDocumentsOf } from "./read-documents";
import type { OpenTurn } from "./start-turn";
import { beginVisit, givenAddresses } from "./tools/read-web-page";
import { runTools, toolsFor } from "./tools/run-tools";
import type { ToolContext } from "./tools/tool";
import type { ToolPart } from "./tools/tool-parts";

/** How many times a model may call tools before it must answer. */
const ROUNDS_MAX = 5;
/** More addresses than this in a question are not read by themselves. */
const PAGES_MAX = 4;

export type TurnEvent = Exclude<AnswerEvent, { type: "tool-calls" }> | ToolPart;

/**
 * What the model says, and what it does on the way: the pages whose address is in the question are read and the search that the agent
 * wants is made before it answers; its calls of tools are run, and it is asked again with their results, until it has answered. The
 * usage given is that of all its calls together. What its tools give to read is added to `sources`.
 */
export async function* askModel(
  turn: OpenTurn,
  history: readonly ModelMessage[],
  sources: Sources,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent> {
  const endsAt = turnEndsAt();
  const context = contextOf(turn, sources, signal);
  const takenIds = new Set<string>();
  const canCall = modelInfo(turn.modelId)?.tools === true;
  let messages: ModelMessage[] = [...history];
  let usage: AnswerUsage | undefined;
  let modelId = turn.modelId;
  let isIntroduced = false;
  const request = () => ({
    modelId,
    role: turn.actor.role,
    instructions: turn.instructions,
    messages,
    signal,
    endsAt,
    isBegun: isIntroduced,
  });
  /** Nothing to tell of a model that has been introduced. */
  function heard(
    event: Extract<AnswerEvent, { type: "model" | "usage" }>,
    before: AnswerUsage | undefined,
  ): TurnEvent[] {
    if (event.type === "usage") {
      usage = added(before, event);
      return [{ ...usage, type: "usage" }];
    }
    modelId = event.modelId;
    const isFirst = !isIntroduced;
    isIntroduced = true;
    return isFirst ? [event] : [];
  }

  if (turn.begun.length === 0) {
    const urls = givenAddresses(turn.said.question).slice(0, PAGES_MAX);
    if (urls.length > 0 || turn.web.isAsked) prepareVisits();
    for (const url of urls) void beginVisit(url, context);
    const calls = urls.map(callToRead);
    if (calls.length > 0) messages = given(messages, calls, yield* runTools(calls, context, takenIds));
    if (turn.web.isAsked) {
      const asking = askForSearch(request(), { said: turn.said, canCall });
      let step = await asking.next();
      for (; !step.done; step = await asking.next()) yield* heard(step.value, usage);
      messages = given(messages, [step.value], yield* runTools([step.value], context, takenIds));
    }
  }
  const tools = await toolsFor(context);
  for (let round = 0; ; round += 1) {
    const calls: ToolCall[] = [];
    let said = "";
    const before = usage;
    for await (const event of streamAnswer({ ...request(), tools, mustAnswer: round === ROUNDS_MAX })) {
      switch (event.type) {
        case "tool-calls":
          calls.push(...event.calls);
          continue;
        case "usage":
        case "model":
          yield* heard(event, before);
          continue;
        case "text":
          said += event.delta;
          break;
        case "finish":
          if (calls.length > 0) continue;
      }
      yield event;
    }
    if (calls.length === 0) return;
    const results = yield* runTools(calls, context, takenIds);
    messages.push({ role: "assistant", content: said, calls }, ...results);
  }
}

const contextOf = (turn: OpenTurn, sources: Sources, signal: AbortSignal): ToolContext => ({
  actor: turn.actor,
  turnId: turn.turnId,
  said: turn.said,
  followsReading: turn.followsReading,
  web: turn.web,
  documents: allDocumentsOf(turn),
  sources,
  foundUrls: new Set(),
  visits: new Map(),
  budget: turn.context.budgetTokens,
  signal,
});

/** The pages whose address the agent wrote in the question are read without being asked for. */
const callToRead = (url: string, index: number): ToolCall => ({
  id: `page_${index}`,
  name: "read_web_page",
  arguments: JSON.stringify({ url }),
});

/** Calls that the model did not make by itself, and their results. */
const given = (messages: readonly ModelMessage[], calls: ToolCall[], results: ModelMessage[]): ModelMessage[] => [
  ...messages,
  { role: "assistant", content: "", calls },
  ...results,
];

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
