import { createParser } from "eventsource-parser";
import type { CallWord, ChatInput } from "@/lib/assistant/schema";
import type { AssistantChunk, TurnParts } from "@/lib/assistant/stream-parts";
import { ERROR_CODES, type Refusal } from "@/lib/errors/app-error";

/** `cut`: the network gave no answer, or took it away in the middle. */
export type Outcome =
  | { type: "heard" }
  | { type: "nothing_running" }
  | { type: "queued" }
  | ({ type: "refused" } & Refusal)
  | { type: "cut" };

/** A part of a turn, and its place in it; null when it is read back from the database. */
export type OnPart = (chunk: AssistantChunk, position: number | null) => void;

/** From where a turn is to be heard. */
export type Place = { conversationId: string; turnId: string | null; from: number };

export const sendQuestion = (input: ChatInput, signal: AbortSignal) => post("/api/chat", input, signal);

export const followTurn = (place: Place, signal: AbortSignal) =>
  fetch(`/api/chat/${place.conversationId}/stream?${toQuery(place)}`, { cache: "no-store", signal });

/** What a turn has said since `place`, at once and whole: for networks that hold streams back. Null when they fail too. */
export async function pollTurn(place: Place, signal: AbortSignal): Promise<TurnParts | null> {
  try {
    const url = `/api/chat/${place.conversationId}/parts?${toQuery(place)}`;
    const response = await fetch(url, { cache: "no-store", signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // whoever asked asks again
  }
}

export async function requestStop(conversationId: string): Promise<void> {
  await post(`/api/chat/${conversationId}/stop`, {}).catch(() => {
    // The network is away: the button is still there, and the stream says what becomes of the turn.
  });
}

/** Says `word` to a call of a tool that waits for it, or runs. Null once it is heard; the call then moves on, as the stream tells. */
export async function sayToCall(conversationId: string, callId: string, word: CallWord): Promise<Refusal | null> {
  try {
    const response = await post(`/api/chat/${conversationId}/call`, { callId, word });
    return response.ok ? null : await refusalOf(response);
  } catch {
    return { code: "request_failed" }; // the network is away: said beside the button, which is still there
  }
}

const toQuery = ({ turnId, from }: Place) =>
  new URLSearchParams({ ...(turnId && { turn: turnId }), from: String(from) });

const post = (url: string, body: object, signal?: AbortSignal) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

/** Reads a stream to its end. `onBytes` is called each time the network gives something, were it only a heartbeat. */
export async function readTurn(response: Response, onPart: OnPart, onBytes: () => void): Promise<Outcome> {
  if (response.status === 204) return { type: "nothing_running" };
  if (response.status === 202) return { type: "queued" };
  if (!response.ok || !response.body) return { type: "refused", ...(await refusalOf(response)) };
  let isDone = false;
  const parser = createParser({
    onEvent({ data, id }) {
      if (data === "[DONE]") isDone = true;
      else onPart(JSON.parse(data), id === undefined ? null : Number(id));
    },
  });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    onBytes();
    parser.feed(decoder.decode(next.value, { stream: true }));
  }
  return isDone ? { type: "heard" } : { type: "cut" };
}

async function refusalOf(response: Response): Promise<Refusal> {
  return refusalIn(response.status, await response.json().catch(() => null)); // a proxy's page: the status alone speaks
}

/** What an answer of the API that is no success says. */
export function refusalIn(status: number, body: unknown): Refusal {
  const said = body && typeof body === "object" ? body : {};
  const code = ERROR_CODES.find((known) => "code" in said && known === said.code);
  if (!code) return { code: status === 401 ? "not_signed_in" : "unexpected" };
  const details = Object.entries(("details" in said && said.details) || {}).filter(
    ([, value]) => typeof value === "number",
  );
  return {
    code,
    ...("reopensAt" in said && { reopensAt: String(said.reopensAt) }),
    ...(details.length > 0 && { details: Object.fromEntries(details) }),
  };
}
