import { createParser } from "eventsource-parser";
import type { ChatInput } from "@/lib/assistant/schema";
import type { AssistantChunk } from "@/lib/assistant/stream-parts";
import { ERROR_CODES, type ErrorCode, type ErrorDetails } from "@/lib/errors/app-error";

/** Why a request was refused, and what completes the sentence of its code. */
export type Refusal = { code: ErrorCode; details?: ErrorDetails };

/** `cut`: the network gave no answer, or took it away in the middle. */
export type Outcome =
  | { type: "heard" }
  | { type: "nothing_running" }
  | ({ type: "refused" } & Refusal)
  | { type: "cut" };

type OnChunk = (chunk: AssistantChunk) => void;

export const sendQuestion = (input: ChatInput, onChunk: OnChunk): Promise<Outcome> =>
  listen(() => post("/api/chat", input), onChunk);

export const followConversation = (conversationId: string, onChunk: OnChunk): Promise<Outcome> =>
  listen(() => fetch(`/api/chat/${conversationId}/stream`, { cache: "no-store" }), onChunk);

export async function requestStop(conversationId: string): Promise<void> {
  await post(`/api/chat/${conversationId}/stop`, {}).catch(() => {
    // The network is away: the button is still there, and the stream says what becomes of the turn.
  });
}

const post = (url: string, body: object) =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

async function listen(request: () => Promise<Response>, onChunk: OnChunk): Promise<Outcome> {
  try {
    const response = await request();
    if (response.status === 204) return { type: "nothing_running" };
    if (!response.ok || !response.body) return { type: "refused", ...(await refusalOf(response)) };
    return (await readEvents(response.body, onChunk)) ? { type: "heard" } : { type: "cut" };
  } catch {
    return { type: "cut" }; // told as such: whoever asked tries again
  }
}

/** True when the stream came to its end; false when it stopped before. */
async function readEvents(body: ReadableStream<Uint8Array>, onChunk: OnChunk): Promise<boolean> {
  let isDone = false;
  const parser = createParser({
    onEvent({ data }) {
      if (data === "[DONE]") isDone = true;
      else onChunk(JSON.parse(data));
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parser.feed(decoder.decode(next.value, { stream: true }));
  }
  return isDone;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => null); // a proxy's page: the status alone speaks
  const said: { code?: unknown; details?: unknown } = body && typeof body === "object" ? body : {};
  const code = ERROR_CODES.find((known) => known === said.code);
  if (!code) return { code: response.status === 401 ? "not_signed_in" : "unexpected" };
  const details = Object.entries(said.details ?? {}).filter(([, value]) => typeof value === "number");
  return { code, details: Object.fromEntries(details) };
}
