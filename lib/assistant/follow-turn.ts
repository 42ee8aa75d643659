import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { streamBus } from "@/lib/providers/stream-bus";
import { toChunks } from "./answer";
import { getEndedAnswer } from "./queries";
import type { AssistantChunk, TurnMetadata } from "./stream-parts";

const HEARTBEAT_MS = 15_000;

/** A running turn from its first part, then as it goes, as server-sent events. Leaving does not stop the turn. */
export function followTurn(turnId: string, signal: AbortSignal): Response {
  const leave = new AbortController();
  return eventStream(streamBus().follow(turnId, AbortSignal.any([signal, leave.signal])), leave);
}

/** A turn that may have ended: as it is stored, or else as it runs. */
export async function replayTurn(actor: Actor, turn: TurnMetadata, signal: AbortSignal): Promise<Response> {
  const ended = await getEndedAnswer(actor, turn.turnId);
  if (!ended) return followTurn(turn.turnId, signal);
  const { parts, end } = ended;
  const chunks: AssistantChunk[] = [
    { type: "start", messageId: turn.answerId, messageMetadata: turn },
    ...toChunks(parts),
    { type: "data-end", data: end },
    { type: "finish" },
  ];
  return eventStream(fromArray(chunks.map((chunk) => JSON.stringify(chunk))), new AbortController());
}

async function* fromArray(parts: string[]): AsyncGenerator<string> {
  yield* parts;
}

/** Server-sent events, closed by the AI SDK's `[DONE]`; a comment every 15 s keeps proxies awake. */
function eventStream(parts: AsyncIterable<string>, leave: AbortController): Response {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout | undefined;

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(": \n\n")), HEARTBEAT_MS);
    },
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (leave.signal.aborted) return;
      if (!done) {
        controller.enqueue(encoder.encode(`data: ${value}\n\n`));
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
