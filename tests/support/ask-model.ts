import {
  createOpenAiCompatibleModel,
  type ModelLimits,
  type ModelServer,
  type SaidEvent,
} from "@/lib/providers/llm.openai-compatible";

export const patient: ModelLimits = { firstTokenMs: 5000, idleMs: 5000, totalMs: 20_000 };

export type Outcome = {
  text: string;
  reasoning: string;
  usage: Partial<SaidEvent & { type: "usage" }> | null;
  finish: string | null;
  types: SaidEvent["type"][];
  error: unknown;
};

type Asked = { signal?: AbortSignal } & Partial<ModelServer>;

/** Asks a scripted model to play `scenario`, and gathers what is said, to the end or the failure. */
export async function askModel(baseUrl: string, scenario: string, asked: Asked = {}): Promise<Outcome> {
  const { signal = new AbortController().signal, ...server } = asked;
  const model = createOpenAiCompatibleModel({ baseUrl, apiKey: "cle", model: "m", limits: patient, ...server });
  const outcome: Outcome = { text: "", reasoning: "", usage: null, finish: null, types: [], error: null };
  const messages = [{ role: "user" as const, content: `[scenario:${scenario}] Bonjour` }];
  try {
    for await (const event of model({ instructions: "Consigne", messages, signal })) {
      outcome.types.push(event.type);
      if (event.type === "usage") outcome.usage = event;
      else if (event.type === "finish") outcome.finish = event.reason;
      else outcome[event.type] += event.delta;
    }
  } catch (error) {
    outcome.error = error;
  }
  return outcome;
}
