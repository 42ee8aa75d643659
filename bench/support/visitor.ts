import { randomUUID } from "node:crypto";
import { createParser } from "eventsource-parser";
import { type Profile, profileName } from "./profile.ts";
import type { Target } from "./targets.ts";

export type Heard = { text: string; end: string | null };

/** What a browser does with one turn: asks, follows, cuts, stops. */
export function aVisitor({ url, cookie }: Target) {
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin", cookie: cookie ?? "" };

  return {
    aQuestion: (profile: Profile, conversationId: string | null) => ({
      kind: "ask",
      conversationId: conversationId ?? randomUUID(),
      isNew: conversationId === null,
      questionId: randomUUID(),
      answerId: randomUUID(),
      text: profileName(profile),
    }),
    /** The same question sent again gives the turn it started. */
    ask: (question: object, signal?: AbortSignal) =>
      listen(() => fetch(url, { method: "POST", headers, body: JSON.stringify(question), ...(signal && { signal }) })),
    /** Null when nothing runs any more, or the server does not have the conversation yet. */
    follow: (conversationId: string, signal?: AbortSignal) =>
      listen(() => fetch(`${url}/${conversationId}/stream`, { headers, ...(signal && { signal }) })),
    /** False when the server does not have the conversation yet. */
    async stop(conversationId: string): Promise<boolean> {
      const response = await fetch(`${url}/${conversationId}/stop`, { method: "POST", headers, body: "{}" });
      await response.body?.cancel();
      if (response.status !== 202 && response.status !== 404) throw new Error(`stop answered ${response.status}`);
      return response.status === 202;
    },
  };
}

/** Reads to the end, or until the signal's time is over: what was heard before is given. */
async function listen(request: () => Promise<Response>): Promise<Heard | null> {
  const heard: Heard = { text: "", end: null };
  const parser = createParser({
    onEvent({ data }) {
      if (data === "[DONE]") return;
      const chunk = JSON.parse(data);
      if (chunk.type === "text-delta") heard.text += chunk.delta;
      if (chunk.type === "data-end") heard.end = chunk.data.status;
    },
  });
  try {
    const response = await request();
    if (response.status === 204 || response.status === 404) return null;
    if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`);
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) parser.feed(decoder.decode(bytes, { stream: true }));
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "TimeoutError")) throw error;
  }
  return heard;
}
