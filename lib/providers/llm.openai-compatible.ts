import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { APICallError, streamText } from "ai";
import { AppError, type ErrorCode } from "@/lib/errors/app-error";
import type { AnswerEvent, AnswerModel, AnswerRequest } from "./llm";
import { tolerantFetch } from "./llm.tolerance";
import { modelFetch } from "./llm.transport";

/** Milliseconds. */
export type ModelLimits = { firstTokenMs: number; idleMs: number; totalMs: number };

export type ModelServer = {
  baseUrl: string;
  apiKey: string | undefined;
  model: string;
  limits: ModelLimits;
};

/** Any server that speaks OpenAI's chat completions: Albert, Mistral, vLLM, Ollama, Scaleway… */
export function createOpenAiCompatibleModel({ baseUrl, apiKey, model, limits }: ModelServer): AnswerModel {
  const provider = createOpenAICompatible({
    name: "model",
    baseURL: baseUrl,
    includeUsage: true,
    fetch: tolerantFetch(modelFetch),
    ...(apiKey && { apiKey }),
  });
  return (request) => answer(provider.chatModel(model), request, limits);
}

async function* answer(
  model: Parameters<typeof streamText>[0]["model"],
  { instructions, messages, signal }: AnswerRequest,
  limits: ModelLimits,
): AsyncGenerator<AnswerEvent> {
  signal.throwIfAborted();
  const patience = createPatience(limits, signal);
  let hasText = false;
  try {
    const { stream } = streamText({
      model,
      instructions,
      messages,
      abortSignal: patience.signal,
      maxRetries: 0,
      onError: () => {}, // thrown below, and reported once by whoever runs the turn; the default would log it
    });
    for await (const part of stream) {
      switch (part.type) {
        case "text-delta":
        case "reasoning-delta": {
          patience.renew();
          const type = part.type === "text-delta" ? "text" : "reasoning";
          hasText ||= type === "text" && part.text.trim() !== "";
          yield { type, delta: part.text };
          break;
        }
        case "finish":
          yield { type: "usage", inputTokens: part.totalUsage.inputTokens, outputTokens: part.totalUsage.outputTokens };
          break;
        case "error":
          throw part.error;
        case "abort":
          throw patience.signal.reason;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (patience.signal.aborted) throw new AppError("model_too_slow", { cause: error });
    throw toModelError(error);
  } finally {
    // Also when the reader leaves in the middle: the connection to the model is closed.
    patience.end();
  }
  if (!hasText) throw new AppError("model_empty_answer");
}

/** Fires when the first token, the next one or the whole answer takes too long, or with the caller's signal. */
function createPatience({ firstTokenMs, idleMs, totalMs }: ModelLimits, caller: AbortSignal) {
  const expiry = new AbortController();
  const expire = () => expiry.abort(new DOMException("The model took too long", "TimeoutError"));
  const total = setTimeout(expire, totalMs);
  let next = setTimeout(expire, firstTokenMs);
  return {
    signal: AbortSignal.any([expiry.signal, caller]),
    renew() {
      clearTimeout(next);
      next = setTimeout(expire, idleMs);
    },
    end() {
      clearTimeout(total);
      clearTimeout(next);
      expiry.abort();
    },
  };
}

function toModelError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (APICallError.isInstance(error)) {
    // Without a status there was no answer at all: refused connection, unknown host, broken TLS.
    const code = error.statusCode === undefined ? "model_unreachable" : codeOfStatus(error.statusCode);
    return isOurs(error.cause) ? error.cause : new AppError(code, { cause: error });
  }
  const cause = error instanceof Error ? error.cause : undefined;
  if (isOurs(cause)) return cause;
  // undici's word for a connection that breaks in the middle of a body.
  const isCut =
    error instanceof TypeError || (error instanceof Error && /terminated|aborted|ECONNRESET/i.test(error.message));
  return new AppError(isCut ? "model_cut" : "model_malformed_answer", { cause: error });
}

const isOurs = (error: unknown): error is AppError => error instanceof AppError;

function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
    case 403:
      return "model_refused_key";
    case 404:
      return "model_not_found";
    case 400:
    case 413:
    case 422:
      return "model_refused_request";
    case 408:
    case 504:
      return "model_too_slow";
    case 429:
    case 503:
      return "model_busy";
    default:
      return "model_failed";
  }
}
