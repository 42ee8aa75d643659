import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { streamBus } from "@/lib/providers/stream-bus";
import { toChunks } from "./answer";
import { findEndedAnswer } from "./queries";
import type { AssistantChunk, TurnMetadata, TurnParts } from "./stream-parts";

const HEARTBEAT_MS = 15_000;
const READ_MS = 200;

/** A running turn from the part `from` on, then as it goes, as server-sent events. Leaving does not stop the turn. */
export function followTurn(turnId: string, signal: AbortSignal, from = 0): Response {
  const leave = new AbortController();
  return eventStream(numbered(streamBus().follow(turnId, AbortSignal.any([signal, leave.signal]), from), from), leave);
}

/** What a running turn has said from the part `from` on, without waiting for more than a moment. */
export async function readTurn(turnId: string, signal: AbortSignal, from: number): Promise<TurnParts> {
  const parts: AssistantChunk[] = [];
  const soon = AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]);
  for await (const part of streamBus().follow(turnId, soon, from)) parts.push(JSON.parse(part));
  return { turnId, from, parts };
}

/** A turn that may have ended: as it is stored, or else as it runs. */
export async function replayTurn(actor: Actor, turn: TurnMetadata, signal: AbortSignal): Promise<Response> {
  const ended = await findEndedAnswer(actor, turn);
  if (!ended) return followTurn(turn.turnId, signal);
  const { parts, end } = ended;
  const chunks: AssistantChunk[] = [
    { type: "start", messageId: turn.answerId, messageMetadata: turn },
    ...toChunks(parts),
    { type: "data-end", data: end },
    { type: "finish" },
  ];
  return eventStream(fromArray(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}`)), new AbortController());
}

/** Each part with its place, so that a reader who comes back says where it was. */
async function* numbered(parts: AsyncIterable<string>, from: number): AsyncGenerator<string> {
  let position = from;
  for await (const part of parts) {
    yield `id: ${position}\ndata: ${part}`;
    position += 1;
  }
}

async function* fromArray(events: string[]): AsyncGenerator<string> {
  yield* events;
}

/** Server-sent events, closed by the AI SDK's `[DONE]`; a comment every 15 s keeps proxies awake. */
function eventStream(events: AsyncIterable<string>, leave: AbortController): Response {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout | undefined;

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(": \n\n")), HEARTBEAT_MS);
    },
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (leave.signal.aborted) return;
      if (!done) {
        controller.enqueue(encoder.encode(`${value}\n\n`));
        return;
      }
      clearInterval(heartbeat);
      controller.enqueue(encoder.encode("data: [DONE]\n\n"));
      controller.close();
    },
    cancel() {
      clearInterval(heartbeat);
      leave.abort();
    },
  });

  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      "x-vercel-ai-ui-message-stream": "v1",
    },
  });
}
