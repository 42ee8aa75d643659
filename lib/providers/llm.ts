import "server-only";
import { env } from "@/lib/env";
import { createOpenAiCompatibleModel, type ModelServer } from "./llm.openai-compatible";

export type AnswerUsage = { inputTokens: number | undefined; outputTokens: number | undefined };

export type AnswerEvent = { type: "text" | "reasoning"; delta: string } | ({ type: "usage" } & AnswerUsage);

/** `messages` alternate strictly and start with the user: some chat templates refuse anything else. */
export type AnswerRequest = {
  instructions: string;
  messages: { role: "user" | "assistant"; content: string }[];
  signal: AbortSignal;
};

/**
 * Calls a model and gives what it says as it comes. Ends normally only after some text; otherwise throws an `AppError`
 * with one of the `model_…` codes, its cause kept, what was said before it given. When `signal` fires, the connection to
 * the model is closed at once and the signal's reason is thrown.
 */
export type AnswerModel = (request: AnswerRequest) => AsyncIterable<AnswerEvent>;

const server = (): ModelServer => {
  const settings = env();
  return {
    baseUrl: settings.LLM_BASE_URL,
    apiKey: settings.LLM_API_KEY,
    model: settings.LLM_MODEL,
    limits: {
      firstTokenMs: settings.LLM_FIRST_TOKEN_TIMEOUT_SECONDS * 1000,
      idleMs: settings.LLM_IDLE_TIMEOUT_SECONDS * 1000,
      totalMs: settings.LLM_TOTAL_TIMEOUT_SECONDS * 1000,
    },
  };
};

export const streamAnswer: AnswerModel = (request) => createOpenAiCompatibleModel(server())(request);

/** Tokens: what the model holds at once, what is kept of it for the answer, and for the description of tools. */
export const answerLimits = () => ({ context: 64_000, output: 4_000, tools: 0 });

/** The name shown with each answer. */
export const answerModelLabel = (): string => env().LLM_LABEL ?? env().LLM_MODEL;

const REACHABLE_FOR_MS = 10_000;
let lastLook: { at: number; reachable: Promise<boolean> } | undefined;

/** Whether the model's server answers, whatever it answers. Asked at most every ten seconds. */
export function isModelReachable(): Promise<boolean> {
  if (!lastLook || Date.now() - lastLook.at > REACHABLE_FOR_MS) {
    lastLook = { at: Date.now(), reachable: answers(server()) };
  }
  return lastLook.reachable;
}

async function answers({ baseUrl, apiKey }: ModelServer): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl.replace(/\/$/, "")}/models`, {
      headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
      signal: AbortSignal.timeout(2000),
    });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false; // the caller's question is exactly whether this fails
  }
}
