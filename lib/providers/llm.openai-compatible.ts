import "server-only";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { JSONSchema7 } from "ai";
import { AppError } from "@/lib/errors/app-error";
import type { ServerUsage } from "./llm.events";
import { createPatience, type ModelLimits } from "./llm.patience";
import { persistentFetch } from "./llm.persistence";
import { estimateTokens } from "./llm.tokens";
import { readAnswer } from "./llm.tolerance";
import type { ToolCall } from "./llm.tool-calls";
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
  /** The model waits for their results: whoever asked calls them, and asks again with what they gave. */
  | { type: "tool-calls"; calls: ToolCall[] }
  | ({ type: "usage" } & AnswerUsage)
  | { type: "finish"; reason: "stop" | "length" | "content_filter" | "other" };

/** What a model that sees is shown; `title` says which one it is. */
export type ModelImage = { title: string; mediaType: string; bytes: Uint8Array };

/** Results follow the calls they answer, in the same order. */
export type ModelMessage =
  | { role: "user"; content: string; images?: ModelImage[] }
  | { role: "assistant"; content: string }
  | { role: "assistant"; content: string; calls: ToolCall[] }
  | { role: "tool"; callId: string; name: string; content: string };

/** A tool as a model knows it; `parameters` is a JSON Schema. */
export type ToolSpec = { name: string; description: string; parameters: JSONSchema7 };

/**
 * `messages` alternate strictly, calls and results apart, and start with the user: some chat templates refuse anything else.
 * Calls are given only of `tools`. `mustAnswer`: enough calls were made, only a text is wanted. `mustCall`: the tool that is wanted
 * first; not all servers see to it.
 */
export type ModelRequest = {
  instructions: string;
  messages: ModelMessage[];
  signal: AbortSignal;
  tools?: ToolSpec[] | undefined;
  mustAnswer?: boolean | undefined;
  mustCall?: string | undefined;
};

/**
 * Calls a model and gives what it says as it comes, then its usage and why it ended. Ends normally only after some text, or
 * calls of tools; otherwise throws an `AppError` with one of the `model_…` codes, its cause kept, what was said before it given and its
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
  let hasCalls = false;
  try {
    const body = await send(server, request, patience.signal);
    for await (const event of readAnswer(body, { onUsage: meter.count, onProgress: patience.renew })) {
      switch (event.type) {
        case "text":
        case "reasoning":
          meter.hear(event);
          yield event;
          break;
        case "tool-calls":
          if (!request.tools?.length || request.mustAnswer) break; // it was offered none
          hasCalls = true;
          meter.hearCalls(event.calls);
          yield event;
          break;
        case "finish":
          reason = event.reason === "tool_calls" ? "other" : event.reason;
      }
    }
    if (!meter.hasText() && !hasCalls)
      throw new AppError(reason === "content_filter" ? "model_filtered" : "model_empty_answer");
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
  { instructions, messages, tools = [], mustAnswer = false, mustCall }: ModelRequest,
  abortSignal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const { url, init } = await writeRequest(server, {
    prompt: [{ role: "system" as const, content: instructions }, ...messages.map(toPromptMessage)],
    ...(tools.length > 0 && {
      tools: tools.map(({ parameters, ...tool }) => ({ ...tool, type: "function" as const, inputSchema: parameters })),
      toolChoice: toChoice(mustAnswer, mustCall),
    }),
    ...(server.outputMax !== undefined && { maxOutputTokens: server.outputMax }),
    ...(server.temperature !== undefined && { temperature: server.temperature }),
    ...(server.reasoningEffort && { providerOptions: { model: { reasoningEffort: server.reasoningEffort } } }),
    abortSignal,
  });
  const fetchPersistently = persistentFetch(modelFetch, {
    deadlineAt: Date.now() + server.limits.firstTokenMs,
    refusedOptions: server.refusedOptions ?? new Set(),
  });
  const { body } = await fetchPersistently(url, init);
  if (!body) throw new AppError("model_empty_answer");
  return body;
}

const toChoice = (mustAnswer: boolean, toolName: string | undefined) =>
  mustAnswer ? { type: "none" as const } : toolName ? { type: "tool" as const, toolName } : { type: "auto" as const };

/** What the provider was about to send: thrown in its face, as it would otherwise set up the reading of an answer. */
class WrittenRequest extends Error {
  readonly url: Parameters<typeof fetch>[0];
  readonly init: RequestInit | undefined;

  constructor(...[url, init]: Parameters<typeof fetch>) {
    super("a request was written");
    this.url = url;
    this.init = init;
  }
}

type Writer = ReturnType<ReturnType<typeof createOpenAICompatible>["chatModel"]>;
type WriterOptions = Parameters<Writer["doStream"]>[0];

async function writeRequest(server: ModelServer, options: WriterOptions): Promise<WrittenRequest> {
  try {
    await requestWriter(server).doStream(options);
  } catch (thrown) {
    if (thrown instanceof WrittenRequest) return thrown;
    throw thrown;
  }
  throw new Error("the provider sent no request");
}

/** Kept from one request to the next, as making one costs more than its use. */
const writers = new Map<string, Writer>();

function requestWriter({ baseUrl, apiKey, model }: ModelServer): Writer {
  const key = JSON.stringify([baseUrl, apiKey, model]);
  const writer =
    writers.get(key) ??
    createOpenAICompatible({
      name: "model",
      baseURL: baseUrl,
      includeUsage: true,
      fetch: async (input, init) => {
        throw new WrittenRequest(input, init);
      },
      ...(apiKey && { apiKey }),
    }).chatModel(model);
  writers.set(key, writer);
  return writer;
}

type PromptMessage = WriterOptions["prompt"][number];

function toPromptMessage(message: ModelMessage): PromptMessage {
  if (message.role === "tool") {
    const output = { type: "text" as const, value: message.content };
    return {
      role: "tool",
      content: [{ type: "tool-result", toolCallId: message.callId, toolName: message.name, output }],
    };
  }
  const text = [{ type: "text" as const, text: message.content }];
  if (message.role === "user") return { role: "user", content: [...(message.images ?? []).flatMap(toShown), ...text] };
  if (!("calls" in message)) return { role: message.role, content: text };
  const calls = message.calls.map(({ id, name, arguments: said }) => ({
    type: "tool-call" as const,
    toolCallId: id,
    toolName: name,
    input: toObject(said),
  }));
  return { role: "assistant", content: [...(message.content === "" ? [] : text), ...calls] };
}

const toShown = ({ title, mediaType, bytes }: ModelImage) => [
  { type: "text" as const, text: title },
  { type: "file" as const, mediaType, data: { type: "data" as const, data: bytes } },
];

/** Chat templates read the arguments of earlier calls, and fail on what is no object. */
function toObject(said: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(said);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {}; // the result that follows says what was wrong with it
  }
}

/** Counts what is said, for the servers that do not. */
function createMeter({ instructions, messages }: ModelRequest) {
  const counted: ServerUsage = {};
  let heard = "";
  let hasText = false;

  function usage(): AnswerUsage {
    const { prompt_tokens: input, completion_tokens: output } = counted;
    return {
      inputTokens: input || estimateTokens([instructions, ...messages.map(({ content }) => content)].join("\n")),
      outputTokens: output || estimateTokens(heard),
      isEstimated: !(input && output),
      ...co2Of(counted),
    };
  }

  return {
    hear({ type, delta }: { type: "text" | "reasoning"; delta: string }): void {
      heard += delta;
      hasText ||= type === "text" && delta.trim() !== "";
    },
    /** A server may count at each event, or say the two numbers apart: a zero or nothing hides no number. */
    count({ prompt_tokens: input, completion_tokens: output, impacts, carbon }: ServerUsage): void {
      if (input) counted.prompt_tokens = input;
      if (output) counted.completion_tokens = output;
      if (impacts) counted.impacts = impacts;
      if (carbon) counted.carbon = carbon;
    },
    hearCalls(calls: readonly ToolCall[]): void {
      for (const { name, arguments: said } of calls) heard += `${name} ${said}`;
    },
    hasText: () => hasText,
    usage,
    /** Of an answer that did not reach its end; null when nothing was said. */
    partialUsage: (): AnswerUsage | null =>
      heard === "" ? null : { ...usage(), outputTokens: estimateTokens(heard), isEstimated: true },
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
