import "server-only";
import { env } from "@/lib/env";
import { AppError, type ErrorCode, toErrorCode } from "@/lib/errors/app-error";
import { inOrderOfTrial } from "@/lib/models/rules";
import type { ModelEntry } from "@/lib/models/schema";
import { healthOfModel, recordCall } from "./llm.health";
import {
  createOpenAiCompatibleModel,
  type ModelMessage,
  type ModelRequest,
  type SaidEvent,
} from "./llm.openai-compatible";
import { serverOf } from "./llm.registry";

export type Spoken = { model: ModelEntry; event: SaidEvent };

/** The same question would be refused, or should be, by any other model. */
const OF_THE_QUESTION: readonly ErrorCode[] = ["model_prompt_too_long", "model_filtered"];
/** A model that refuses a request may be in perfect health. */
const NOT_A_SICKNESS: readonly ErrorCode[] = [...OF_THE_QUESTION, "model_refused_request"];

/**
 * Asks the first of `candidates`, then the next ones while none has said a word; those that are down are asked last.
 * Throws the error of the first candidate when all failed.
 */
export async function* askInTurn(
  candidates: readonly ModelEntry[],
  request: ModelRequest,
  { outputMax, endsAt = turnEndsAt() }: { outputMax?: number | undefined; endsAt?: number | undefined } = {},
): AsyncGenerator<Spoken> {
  const [first] = candidates;
  const failures = new Map<ModelEntry, unknown>();
  for (const model of inOrderOfTrial(candidates, healthOfModel)) {
    let hasSpoken = false;
    try {
      for await (const event of ask(model, asItCanRead(model, request), { endsAt, outputMax })) {
        hasSpoken = true;
        yield { model, event };
      }
      return;
    } catch (error) {
      request.signal.throwIfAborted();
      if (hasSpoken || !(error instanceof AppError)) throw error;
      // A fallback's context may be shorter: that says nothing of the model asked for.
      if (model === first && OF_THE_QUESTION.includes(error.code)) throw error;
      failures.set(model, error);
    }
  }
  throw (first && failures.get(first)) ?? new AppError("model_not_found");
}

/** The candidates of a request are not all able to do the same. */
function asItCanRead({ vision, tools }: ModelEntry, request: ModelRequest): ModelRequest {
  const seen = vision ? request : withoutImages(request);
  return tools ? seen : withoutCalls(seen);
}

/** For a model that knows no tools: it reads what they gave before the question. */
function withoutCalls({ tools: _, ...request }: ModelRequest): ModelRequest {
  const results = request.messages.flatMap((message) => (message.role === "tool" ? message.content : []));
  const messages = request.messages.flatMap((message): ModelMessage[] => {
    if (message.role === "tool") return [];
    if (!("calls" in message)) return [message];
    return message.content === "" ? [] : [{ role: "assistant", content: message.content }];
  });
  const asked = messages.findLastIndex(({ role }) => role === "user");
  const question = messages[asked];
  if (question?.role === "user" && results.length > 0)
    messages[asked] = { ...question, content: [...results, question.content].join("\n\n") };
  return { ...request, messages };
}

/** For a model that does not see: it reads what was recognised in them. */
const withoutImages = (request: ModelRequest): ModelRequest => ({
  ...request,
  messages: request.messages.map((message) =>
    message.role === "user" && message.images ? { role: "user", content: message.content } : message,
  ),
});

/** When a turn that begins now must have ended; milliseconds since the epoch. */
export const turnEndsAt = (): number => Date.now() + env().LLM_TOTAL_TIMEOUT_SECONDS * 1000;

/** One call to one model, observed. Nothing comes out before a word that can be seen: blanks are held until then. */
async function* ask(
  model: ModelEntry,
  request: ModelRequest,
  { endsAt, outputMax }: { endsAt: number; outputMax: number | undefined },
): AsyncGenerator<SaidEvent> {
  const startedAt = Date.now();
  let firstTokenMs: number | null = null;
  const record = (isFailure: boolean) => recordCall(model.id, { at: Date.now(), isFailure, firstTokenMs });
  const held: SaidEvent[] = [];
  try {
    const limits = limitsUntil(endsAt);
    for await (const event of createOpenAiCompatibleModel({ ...serverOf(model, outputMax), limits })(request)) {
      if (firstTokenMs === null) {
        held.push(event);
        if (!isWord(event)) continue;
        firstTokenMs = Date.now() - startedAt;
        yield* held;
      } else {
        yield event;
      }
    }
    record(false);
  } catch (error) {
    // Stopped by someone: nothing is known against the model.
    if (!request.signal.aborted) record(!NOT_A_SICKNESS.includes(toErrorCode(error)));
    throw error;
  }
}

const isWord = (event: SaidEvent) =>
  event.type === "tool-calls" || ((event.type === "text" || event.type === "reasoning") && event.delta.trim() !== "");

function limitsUntil(endsAt: number) {
  const settings = env();
  return {
    firstTokenMs: settings.LLM_FIRST_TOKEN_TIMEOUT_SECONDS * 1000,
    idleMs: settings.LLM_IDLE_TIMEOUT_SECONDS * 1000,
    totalMs: Math.max(0, endsAt - Date.now()),
  };
}
