import { afterEach, expect, it, vi } from "vitest";
import { sayToCall } from "./turn-requests";

type Sent = { url: string; init: RequestInit };

function answering(answer: () => Response | Promise<Response>): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return answer();
  });
  return sent;
}
afterEach(() => void vi.unstubAllGlobals());

it("says a word to a call of the conversation's turn", async () => {
  const sent = answering(() => new Response(null, { status: 202 }));
  expect(await sayToCall("c", "call-1", { kind: "send", query: "coût de la vie" })).toBeNull();
  expect(await sayToCall("c", "call-1", { kind: "skip" })).toBeNull();
  expect(sent.map(({ url, init }) => [url, init.method, JSON.parse(String(init.body))])).toEqual([
    ["/api/chat/c/call", "POST", { callId: "call-1", word: { kind: "send", query: "coût de la vie" } }],
    ["/api/chat/c/call", "POST", { callId: "call-1", word: { kind: "skip" } }],
  ]);
});

it.each<[string, () => Response | Promise<Response>, string]>([
  [
    "the server refuses",
    () => Response.json({ code: "conversation_not_found" }, { status: 404 }),
    "conversation_not_found",
  ],
  ["the session has ended", () => new Response("", { status: 401 }), "not_signed_in"],
  ["a proxy answers instead", () => new Response("<html>", { status: 502 }), "unexpected"],
  ["the network is away", () => Promise.reject(new TypeError("fetch failed")), "request_failed"],
])("says why it was not heard when %s", async (_when, answer, code) => {
  answering(answer);
  expect(await sayToCall("c", "call-1", { kind: "skip" })).toMatchObject({ code });
});
