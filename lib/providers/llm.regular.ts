import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { DONE, type ServerDelta, type ServerEvent, type ServerUsage } from "./llm.events";
import { createThinkSplitter } from "./llm.think";
import { createToolCallGatherer, type ToolCall } from "./llm.tool-calls";

/** What a model says, once its server's ways are forgotten. */
export type RegularEvent =
  | { type: "text" | "reasoning"; delta: string }
  | { type: "tool-calls"; calls: ToolCall[] }
  | { type: "finish"; reason: "stop" | "length" | "tool_calls" | "content_filter" | "other" };

/** What is learned on the way, that is not part of the answer. */
export type Listener = {
  /** The server counted; the last count is the right one. */
  onUsage?: (usage: ServerUsage) => void;
  /** Something was said, even if it does not show yet. */
  onProgress?: () => void;
};

/** What the server said → what the model says, still by what arrived together. The last event is `finish`. */
export async function* regularEvents(
  batches: AsyncIterable<(ServerEvent | typeof DONE)[]>,
  { onUsage, onProgress }: Listener = {},
): AsyncGenerator<RegularEvent[]> {
  const splitter = createThinkSplitter();
  const toolCalls = createToolCallGatherer();
  let finish: string | undefined;
  let isDone = false;

  for await (const events of batches) {
    const said: RegularEvent[] = [];
    for (const event of events) {
      if (event === DONE) {
        isDone = true;
        break;
      }
      if (event.usage) onUsage?.(event.usage);
      const choice = event.choices?.[0];
      if (!choice) continue;
      const delta: Partial<ServerDelta> = choice.delta ?? choice.message ?? {};
      const { reasoning, text } = speechOf(delta);
      if (reasoning) said.push({ type: "reasoning", delta: reasoning });
      if (text) said.push(...splitter.push(text));
      if (delta.tool_calls) toolCalls.push(delta.tool_calls);
      if (text || reasoning || delta.tool_calls) onProgress?.();
      finish = choice.finish_reason ?? finish;
    }
    if (said.length > 0) yield said;
    if (isDone) break;
  }

  if (finish === "error") throw new AppError("model_failed");
  const last: RegularEvent[] = splitter.flush();
  // Neither a reason to finish nor the closing mark: the server or the network stopped in the middle.
  if (finish === undefined && !isDone) {
    if (last.length > 0) yield last;
    throw new AppError("model_cut");
  }
  const calls = toolCalls.finish();
  if (calls.length > 0) last.push({ type: "tool-calls", calls });
  yield [...last, { type: "finish", reason: calls.length > 0 ? "tool_calls" : reasonOf(finish) }];
}

function speechOf({ content, refusal, reasoning_content, reasoning }: Partial<ServerDelta>) {
  const said = { reasoning: reasoning_content ?? reasoning ?? "", text: "" };
  for (const part of Array.isArray(content) ? content : [content ?? ""]) {
    if (typeof part === "string") {
      said.text += part;
      continue;
    }
    said.text += part.text ?? "";
    for (const thought of Array.isArray(part.thinking) ? part.thinking : [{ text: part.thinking }])
      said.reasoning += thought.text ?? "";
  }
  if (typeof refusal === "string") said.text += refusal;
  return said;
}

/** The words of servers for why an answer ends. No word at all, once it has ended well, is the ordinary reason. */
function reasonOf(word: string | undefined): (RegularEvent & { type: "finish" })["reason"] {
  switch (word) {
    case undefined:
    case "stop":
    case "eos":
    case "eos_token":
    case "end_turn":
    case "stop_sequence":
    case "tool_calls": // and no call came
    case "function_call":
      return "stop";
    case "length":
    case "model_length":
    case "max_tokens":
      return "length";
    case "content_filter":
      return "content_filter";
    default:
      return "other";
  }
}
