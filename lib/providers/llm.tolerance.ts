import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors/app-error";
import { mergeDeltas } from "./llm.coalescing";
import { isOrdinaryEvent } from "./llm.ordinary";
import { createThinkSplitter } from "./llm.think";

/*
 * What real servers send is not quite what the protocol says. This stands between them and the AI SDK: it reads
 * their stream with tolerance and writes a regular one, or fails with the code of what went wrong.
 */

const contentSchema = z
  .union([
    z.string(),
    z.array(
      z.looseObject({
        type: z.string().optional(),
        text: z.string().nullish(),
        thinking: z.array(z.looseObject({ text: z.string().nullish() })).optional(),
      }),
    ),
  ])
  .nullish();

const deltaSchema = z.looseObject({
  content: contentSchema,
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
});

const eventSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        delta: deltaSchema.nullish(),
        message: deltaSchema.nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z.looseObject({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() }).nullish(),
  error: z.unknown().optional(),
  detail: z.unknown().optional(),
});

type ServerEvent = z.infer<typeof eventSchema>;
type Delta = z.infer<typeof deltaSchema>;

/** A `fetch` whose successful answers are regular event streams, whatever the server sent. */
export function tolerantFetch(fetchFromServer: typeof fetch): typeof fetch {
  return async (input, init) => {
    const response = await fetchFromServer(input, init);
    if (!response.ok || !response.body) return response;
    return new Response(toStream(regularEvents(response.body)), {
      status: response.status,
      headers: { "content-type": "text/event-stream" },
    });
  };
}

type RegularEvent =
  | { type: "text" | "reasoning"; delta: string }
  | { type: "usage"; usage: object }
  | { type: "finish"; reason: string };

/** Regular events → bytes: one piece for what came together. */
function toStream(batches: AsyncGenerator<RegularEvent[]>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await batches.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(mergeDeltas(value).map(toText).join("")));
      } catch (error) {
        controller.error(error);
      }
    },
    // Closes the connection to the server: the generator leaves its loop over the body.
    cancel: async () => void (await batches.return(undefined)),
  });
}

function toText(event: RegularEvent): string {
  switch (event.type) {
    case "text":
      return toChunk({ delta: { content: event.delta } });
    case "reasoning":
      return toChunk({ delta: { reasoning_content: event.delta } });
    case "usage":
      return `data: ${JSON.stringify({ choices: [], usage: event.usage })}\n\n`;
    case "finish":
      return `${toChunk({ delta: {}, finish_reason: event.reason })}data: [DONE]\n\n`;
  }
}

const toChunk = (choice: object) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`;

async function* regularEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<RegularEvent[]> {
  const splitter = createThinkSplitter();
  let finish: string | undefined;
  let isDone = false;
  for await (const batch of lines(body)) {
    const said: RegularEvent[] = [];
    let failure: unknown;
    try {
      for (const line of batch) {
        const payload = payloadOf(line);
        if (payload === null) continue;
        isDone = payload === "[DONE]";
        if (isDone) break;
        const event = parseEvent(payload);
        const choice = event.choices?.[0];
        const { reasoning, text } = speechOf(choice?.delta ?? choice?.message ?? {});
        if (reasoning) said.push({ type: "reasoning", delta: reasoning });
        if (text) said.push(...splitter.push(text));
        finish = choice?.finish_reason ?? finish;
        if (event.usage) said.push({ type: "usage", usage: event.usage });
      }
    } catch (error) {
      failure = error;
    }
    if (said.length > 0) yield said;
    if (failure) throw failure;
    if (isDone) break;
  }
  const last: RegularEvent[] = splitter.flush();
  if (last.length > 0) yield last;
  if (finish === "error") throw new AppError("model_failed");
  // Neither a reason to finish nor the closing mark: the server or the network stopped in the middle.
  if (finish === undefined && !isDone) throw new AppError("model_cut");
  yield [{ type: "finish", reason: finish ?? "stop" }];
}

/** Lines that arrived together, whatever their ending, of bytes that may be cut anywhere. */
async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const bytes of body) {
      const found = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = found.pop() ?? "";
      if (found.length > 0) yield found;
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === "AbortError") throw cause;
    throw new AppError("model_cut", { cause });
  }
  // A last line without its ending is either whole, or what was being sent when the connection ended.
  if (isWhole(rest)) yield [rest];
}

function isWhole(line: string): boolean {
  const text = line.trim().replace(/^data:\s*/, "");
  if (!text.startsWith("{")) return text !== "";
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // asking is the only way to know
  }
}

/** The JSON text of a line, with or without `data:`; null for comments, other fields and blanks. */
function payloadOf(line: string): string | null {
  const text = line.trim();
  if (text === "" || text.startsWith(":") || /^(event|id|retry):/.test(text)) return null;
  if (text.startsWith("data:")) return text.slice("data:".length).trim() || null;
  if (text.startsWith("{")) return text;
  // HTML from a proxy, or anything else that is no answer of a model.
  throw new AppError("model_malformed_answer");
}

function parseEvent(payload: string): ServerEvent {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch (cause) {
    throw new AppError("model_malformed_answer", { cause });
  }
  if (isOrdinaryEvent(value)) return value;
  const parsed = eventSchema.safeParse(value);
  if (!parsed.success) throw new AppError("model_malformed_answer", { cause: parsed.error });
  const { choices, usage, error, detail } = parsed.data;
  const isError = Boolean(error) || Boolean(detail) || (!choices && !usage && "message" in parsed.data);
  if (isError) throw new AppError("model_failed");
  return parsed.data;
}

function speechOf({ content, reasoning_content, reasoning }: Delta): { reasoning: string; text: string } {
  const said = { reasoning: reasoning_content ?? reasoning ?? "", text: "" };
  if (typeof content === "string") said.text = content;
  for (const part of Array.isArray(content) ? content : []) {
    said.text += part.text ?? "";
    said.reasoning += (part.thinking ?? []).map(({ text }) => text ?? "").join("");
  }
  return said;
}
