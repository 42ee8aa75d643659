import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { AppError } from "@/lib/errors/app-error";
import { estimateTokens } from "@/lib/models/rules";
import type { ServerUsage } from "./llm.events";
import { createPatience, type ModelLimits } from "./llm.patience";
import { persistentFetch } from "./llm.persistence";
import { readAnswer } from "./llm.tolerance";
import { modelFetch } from "./llm.transport";

export type { ModelLimits } from "./llm.patience";

export type ModelServer = {
  baseUrl: string;
  apiKey: string | undefined;
  model: string;
  limits: ModelLimits;
  outputMax?: number | undefined;
  temperature?: number | undefined;
  reasoningEffort?: string | undefined;
  /** The options this server was seen not to know: kept by the caller from one request to the next. */
  refusedOptions?: Set<string> | undefined;
};

/** Grams of CO2 equivalent, as the server says. */
export type Co2Grams = { min: number; max: number };

export type AnswerUsage = {
  inputTokens: number;
  outputTokens: number;
  /** The server did not count, or not to the end. */
  isEstimated: boolean;
  co2Grams?: Co2Grams;
};

export type SaidEvent =
  | { type: "text" | "reasoning"; delta: string }
  | ({ type: "usage" } & AnswerUsage)
  | { type: "finish"; reason: "stop" | "length" | "content_filter" | "other" };

/** `messages` alternate strictly and start with the user: some chat templates refuse anything else. */
export type ModelRequest = {
  instructions: string;
  messages: { role: "user" | "assistant"; content: string }[];
  signal: AbortSignal;
};

/**
 * Calls a model and gives what it says as it comes, then its usage and why it ended. Ends normally only after some text;
 * otherwise throws an `AppError` with one of the `model_…` codes, its cause kept, what was said before it given and its
 * usage estimated. When `signal` fires, the connection to the model is closed at once and the signal's reason is thrown.
 */
export type Model = (request: ModelRequest) => AsyncIterable<SaidEvent>;

/** Any server that speaks OpenAI's chat completions: Albert, Mistral, vLLM, Ollama, Scaleway… */
export const createOpenAiCompatibleModel =
  (server: ModelServer): Model =>
  (request) =>
    answer(server, request);

async function* answer(server: ModelServer, request: ModelRequest): AsyncGenerator<SaidEvent> {
  const { signal } = request;
  signal.throwIfAborted();
  const patience = createPatience(server.limits, signal);
  const meter = createMeter(request);
  let reason: (SaidEvent & { type: "finish" })["reason"] = "other";
  try {
    const body = await send(server, request, patience.signal);
    for await (const event of readAnswer(body, { onUsage: meter.count, onProgress: patience.renew })) {
      switch (event.type) {
        case "text":
        case "reasoning":
          meter.hear(event);
          yield event;
          break;
        case "finish":
          reason = event.reason === "tool_calls" ? "other" : event.reason;
      }
    }
    if (!meter.hasText()) throw new AppError(reason === "content_filter" ? "model_filtered" : "model_empty_answer");
  } catch (error) {
    const partial = meter.partialUsage();
    if (partial) yield { type: "usage", ...partial };
    signal.throwIfAborted();
    if (patience.signal.aborted) throw new AppError("model_too_slow", { cause: error });
    throw toModelError(error);
  } finally {
    // Also when the reader leaves in the middle: the connection to the model is closed.
    patience.end();
  }
  yield { type: "usage", ...meter.usage() };
  yield { type: "finish", reason };
}

/**
 * The AI SDK's provider writes the request. The answer is read by `readAnswer` alone, not by the provider after it: reading
 * a regular stream a second time would double the price of each piece.
 */
async function send(
  server: ModelServer,
  { instructions, messages }: ModelRequest,
  abortSignal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const persistent = persistentFetch(modelFetch, {
    deadlineAt: Date.now() + server.limits.firstTokenMs,
    refusedOptions: server.refusedOptions ?? new Set(),
  });
  let answer: Response | undefined;
  const provider = createOpenAICompatible({
    name: "model",
    baseURL: server.baseUrl,
    includeUsage: true,
    fetch: async (input, init) => {
      answer = await persistent(input, init);
      return new Response("", { headers: { "content-type": "text/event-stream" } });
    },
    ...(server.apiKey && { apiKey: server.apiKey }),
  });
  await provider.chatModel(server.model).doStream({
    prompt: [
      { role: "system", content: instructions },
      ...messages.map(({ role, content }) => ({ role, content: [{ type: "text" as const, text: content }] })),
    ],
    ...(server.outputMax !== undefined && { maxOutputTokens: server.outputMax }),
    ...(server.temperature !== undefined && { temperature: server.temperature }),
    ...(server.reasoningEffort && { providerOptions: { model: { reasoningEffort: server.reasoningEffort } } }),
    abortSignal,
  });
  if (!answer?.body) throw new AppError("model_empty_answer");
  return answer.body;
}

/** Counts what is said, for the servers that do not. */
function createMeter({ instructions, messages }: ModelRequest) {
  const counted: ServerUsage = {};
  let heardCharacters = 0;
  let hasText = false;

  function usage(): AnswerUsage {
    const { prompt_tokens: input, completion_tokens: output } = counted;
    const askedCharacters = messages.reduce((sum, { content }) => sum + content.length, instructions.length);
    return {
      inputTokens: input || estimateTokens(askedCharacters),
      outputTokens: output || estimateTokens(heardCharacters),
      isEstimated: !(input && output),
      ...co2Of(counted),
    };
  }

  return {
    hear({ type, delta }: { type: "text" | "reasoning"; delta: string }): void {
      heardCharacters += delta.length;
      hasText ||= type === "text" && delta.trim() !== "";
    },
    /** A server may count at each event, or say the two numbers apart: a zero or nothing hides no number. */
    count({ prompt_tokens: input, completion_tokens: output, impacts, carbon }: ServerUsage): void {
      if (input) counted.prompt_tokens = input;
      if (output) counted.completion_tokens = output;
      if (impacts) counted.impacts = impacts;
      if (carbon) counted.carbon = carbon;
    },
    hasText: () => hasText,
    usage,
    /** Of an answer that did not reach its end; null when nothing was said. */
    partialUsage: (): AnswerUsage | null =>
      heardCharacters === 0 ? null : { ...usage(), outputTokens: estimateTokens(heardCharacters), isEstimated: true },
  };
}

function co2Of({ impacts, carbon }: ServerUsage): { co2Grams?: Co2Grams } {
  const kilograms = impacts ? { min: impacts.kgCO2eq, max: impacts.kgCO2eq } : carbon?.kgCO2eq;
  return kilograms ? { co2Grams: { min: kilograms.min * 1000, max: kilograms.max * 1000 } } : {};
}

function toModelError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AppError) return cause;
  // undici's word for a connection that breaks in the middle of a body.
  const isCut =
    error instanceof TypeError || (error instanceof Error && /terminated|aborted|ECONNRESET/i.test(error.message));
  return new AppError(isCut ? "model_cut" : "model_malformed_answer", { cause: error });
}
