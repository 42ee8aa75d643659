import {
  createOpenAiCompatibleModel,
  type ModelLimits,
  type ModelRequest,
  type ModelServer,
  type SaidEvent,
} from "@/lib/providers/llm.openai-compatible";

import type { ToolCall } from "@/lib/providers/llm.tool-calls";

export const patient: ModelLimits = { firstTokenMs: 5000, idleMs: 5000, totalMs: 20_000 };

export type Outcome = {
  text: string;
  reasoning: string;
  usage: Partial<SaidEvent & { type: "usage" }> | null;
  finish: string | null;
  calls: ToolCall[];
  types: SaidEvent["type"][];
  error: unknown;
};

/** `onText` is told the whole text each time it grows. */
type Asked = { signal?: AbortSignal; onText?: (text: string) => void } & Partial<ModelServer> &
  Pick<Partial<ModelRequest>, "tools" | "mustAnswer">;

/** Asks a scripted model to play `scenario`, and gathers what is said, to the end or the failure. */
export async function askModel(baseUrl: string, scenario: string, asked: Asked = {}): Promise<Outcome> {
  const { signal = new AbortController().signal, onText, tools, mustAnswer, ...server } = asked;
  const model = createOpenAiCompatibleModel({ baseUrl, apiKey: "cle", model: "m", limits: patient, ...server });
  const outcome: Outcome = { text: "", reasoning: "", usage: null, finish: null, calls: [], types: [], error: null };
  const messages = [{ role: "user" as const, content: `[scenario:${scenario}] Bonjour` }];
  try {
    for await (const event of model({ instructions: "Consigne", messages, signal, tools, mustAnswer })) {
      outcome.types.push(event.type);
      if (event.type === "usage") outcome.usage = event;
      else if (event.type === "finish") outcome.finish = event.reason;
      else if (event.type === "tool-calls") outcome.calls.push(...event.calls);
      else outcome[event.type] += event.delta;
      if (event.type === "text") onText?.(outcome.text);
    }
  } catch (error) {
    outcome.error = error;
  }
  return outcome;
}
