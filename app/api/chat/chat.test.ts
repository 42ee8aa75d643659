import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { findRunningTurn } from "@/lib/assistant/queries";
import type { TurnParts } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { listConversations, listShownMessages } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { streamBus } from "@/lib/providers/stream-bus";
import { listQueuedQuestions } from "@/lib/queue/queries";
import messages from "@/messages/fr.json";
import { anActor } from "@/tests/support/actors";
import { aConversation, aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { inRequest } from "@/tests/support/request-scope";
import { DEFAULT_ANSWER } from "@/tests/support/scripted-answers";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { aSignedInCookie } from "@/tests/support/sessions";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear } from "@/tests/support/turns";
import { POST as sayToCall } from "./[id]/call/route";
import { GET as readParts } from "./[id]/parts/route";
import { POST as stop } from "./[id]/stop/route";
import { GET as follow } from "./[id]/stream/route";
import { POST as ask } from "./route";

const upstream = await startScriptedModel();
const { APP_URL } = setTestSettings({ LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "m", LLM_LABEL: "Modèle d’essai" });
afterAll(() => upstream.close());
const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => void warned.mockClear());

type Visitor = { cookie?: string; origin?: string };

const request = (method: "GET" | "POST", path: string, { cookie, origin = APP_URL }: Visitor, body?: BodyInit) =>
  new Request(`${APP_URL}${path}`, {
    method,
    headers: { origin, ...(cookie && { cookie }) },
    ...(body !== undefined && { body }),
  });

const post = (visitor: Visitor, body: unknown) => {
  const sent = request("POST", "/api/chat", visitor, typeof body === "string" ? body : JSON.stringify(body));
  return inRequest(sent, (incoming) => ask(incoming));
};
const followAs = (visitor: Visitor, id: string) =>
  inRequest(request("GET", `/api/chat/${id}/stream`, visitor), (incoming) =>
    follow(incoming, { params: Promise.resolve({ id }) }),
  );
const readAs = (visitor: Visitor, id: string) =>
  inRequest(request("GET", `/api/chat/${id}/parts`, visitor), (incoming) =>
    readParts(incoming, { params: Promise.resolve({ id }) }),
  );
const stopAs = (visitor: Visitor, id: string) =>
  inRequest(request("POST", `/api/chat/${id}/stop`, visitor), (incoming) =>
    stop(incoming, { params: Promise.resolve({ id }) }),
  );
const callAs = (
  visitor: Visitor,
  id: string,
  said: unknown = { callId: "call_1", word: { kind: "send", query: "" } },
) =>
  inRequest(request("POST", `/api/chat/${id}/call`, visitor, JSON.stringify(said)), (incoming) =>
    sayToCall(incoming, { params: Promise.resolve({ id }) }),
  );

const refusal = async (response: Response) => ({ status: response.status, body: await response.json() });
const said = (status: number, code: keyof typeof messages.errors) => ({
  status,
  body: { code, message: messages.errors[code] },
});

async function aVisitor(): Promise<{ actor: Actor; visitor: Visitor }> {
  const actor = await anActor();
  return { actor, visitor: { cookie: await aSignedInCookie(actor) } };
}

onEachDatabase(() => {
  it("streams the answer, and the conversation is in the list", async () => {
    const { actor, visitor } = await aVisitor();
    const response = await post(visitor, aQuestion("Bonjour"));
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("cache-control")).toContain("no-store");
    expect(await hear(response)).toMatchObject({ text: DEFAULT_ANSWER, end: { status: "completed" } });
    expect((await listConversations(actor)).conversations).toMatchObject([{ title: "Bonjour" }]);
  });

  it("asks a visitor to sign in, in French, before reading the body", async () => {
    expect(await refusal(await post({}, "not even JSON"))).toEqual(said(401, "not_signed_in"));
    expect(await refusal(await followAs({}, newId()))).toEqual(said(401, "not_signed_in"));
    expect(await refusal(await stopAs({}, newId()))).toEqual(said(401, "not_signed_in"));
    expect(await refusal(await callAs({}, newId(), "no word"))).toEqual(said(401, "not_signed_in"));
  });

  it("refuses what another site makes the browser send", async () => {
    const { visitor } = await aVisitor();
    const foreign = { ...visitor, origin: "https://pirate.example" };
    expect(await refusal(await post(foreign, aQuestion("Bonjour")))).toEqual(said(403, "cross_site_request"));
    expect(await refusal(await stopAs(foreign, newId()))).toEqual(said(403, "cross_site_request"));
    expect(await refusal(await callAs(foreign, newId()))).toEqual(said(403, "cross_site_request"));
  });

  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["another kind", { ...aQuestion("Bonjour"), kind: "delete" }],
    ["an identifier that is none", { ...aQuestion("Bonjour"), conversationId: "1 or 1=1" }],
    ["an empty question", aQuestion("  \n ")],
    ["a question past the limit", aQuestion("x".repeat(100_001))],
  ])("refuses %s as incorrect, and saves nothing", async (_what, body) => {
    const { actor, visitor } = await aVisitor();
    expect(await refusal(await post(visitor, body))).toEqual(said(400, "invalid_input"));
    expect((await listConversations(actor)).conversations).toEqual([]);
  });

  it("refuses a body over 1 MB", async () => {
    const { visitor } = await aVisitor();
    expect(await refusal(await post(visitor, `"${"x".repeat(1024 * 1024)}"`))).toEqual(said(413, "body_too_large"));
  });

  describe("someone else's conversation", () => {
    it.each([
      [
        "asked in",
        (visitor: Visitor, id: string) => post(visitor, aQuestion("Bonjour", { conversationId: id, isNew: false })),
      ],
      ["taken as new", (visitor: Visitor, id: string) => post(visitor, aQuestion("Bonjour", { conversationId: id }))],
      [
        "retried",
        (visitor: Visitor, id: string) =>
          post(visitor, { kind: "retry", conversationId: id, questionId: newId(), answerId: newId() }),
      ],
      ["followed", followAs],
      ["read", readAs],
      ["stopped", stopAs],
      ["spoken to", callAs],
    ])("does not exist when %s, exactly like one that never did", async (_how, act) => {
      const { conversationId } = await aConversation(await anActor());
      const { visitor } = await aVisitor();
      const theirs = await refusal(await act(visitor, conversationId));
      expect(theirs).toEqual(said(404, "conversation_not_found"));
    });
  });

  it("is not heard by the calls of someone else’s turn, though it runs", async () => {
    const turn = await aRunningTurn(await anActor());
    const heard: string[] = [];
    const forget = streamBus().onTold(`${turn.turnId} send call_1`, (query) => heard.push(query));
    onTestFinished(forget);
    const { visitor } = await aVisitor();
    expect(await refusal(await callAs(visitor, turn.conversationId))).toEqual(said(404, "conversation_not_found"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard).toEqual([]);
  });

  it("speaks to a call of one’s own turn, in the words it may", async () => {
    const { actor, visitor } = await aVisitor();
    const turn = await aRunningTurn(actor);
    const heard: string[] = [];
    const forget = streamBus().onTold(`${turn.turnId} send call_1`, (query) => heard.push(query));
    onTestFinished(forget);
    for (const word of [{ kind: "obey" }, { kind: "send" }, { kind: "send", query: "x".repeat(501) }]) {
      const refused = await refusal(await callAs(visitor, turn.conversationId, { callId: "call_1", word }));
      expect(refused).toEqual(said(400, "invalid_input"));
    }
    const word = { kind: "send", query: "congés bonifiés" };
    expect((await callAs(visitor, turn.conversationId, { callId: "call_1", word })).status).toBe(202);
    await expect.poll(() => heard).toEqual(["congés bonifiés"]);
  });

  it("answers 404 for an identifier that cannot exist", async () => {
    const { visitor } = await aVisitor();
    expect(await refusal(await followAs(visitor, "nimporte-quoi"))).toEqual(said(404, "conversation_not_found"));
    expect(await refusal(await stopAs(visitor, "nimporte-quoi"))).toEqual(said(404, "conversation_not_found"));
    expect(await refusal(await callAs(visitor, "nimporte-quoi"))).toEqual(said(404, "conversation_not_found"));
  });

  it("has nothing to follow nor to stop when nothing runs", async () => {
    const { actor, visitor } = await aVisitor();
    const { conversationId } = await aConversation(actor);
    expect((await followAs(visitor, conversationId)).status).toBe(204);
    expect((await stopAs(visitor, conversationId)).status).toBe(202);
    expect((await callAs(visitor, conversationId)).status).toBe(202);
  });

  it("lets another tab follow and stop the turn", async () => {
    const { actor, visitor } = await aVisitor();
    const input = aQuestion("[scenario:never-ends] Bonjour");
    const first = await post(visitor, input);
    const second = await followAs(visitor, input.conversationId);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await stopAs(visitor, input.conversationId)).status).toBe(202);
    const [one, two] = await Promise.all([hear(first), hear(second)]);
    expect(one.end).toMatchObject({ status: "stopped" });
    expect(two.chunks).toEqual(one.chunks);
    expect((await listShownMessages(actor, input.conversationId)).at(-1)).toMatchObject({
      turn: { status: "stopped" },
    });
  });

  it("puts a second question in the queue while the first is being answered", async () => {
    const { actor, visitor } = await aVisitor();
    const { conversationId } = await aRunningTurn(actor);
    const response = await post(visitor, aQuestion("Encore", { conversationId, isNew: false }));
    expect(response.status).toBe(202);
    expect(await listQueuedQuestions(actor, conversationId)).toMatchObject([{ text: "Encore" }]);
  });

  describe("a reader who comes back", () => {
    const at = (id: string, kind: "stream" | "parts", turn: string, from: number) =>
      `/api/chat/${id}/${kind}?turn=${turn}&from=${from}`;

    async function read(visitor: Visitor, path: string, id: string) {
      const handler = path.includes("/parts") ? readParts : follow;
      return inRequest(request("GET", path, visitor), (incoming) =>
        handler(incoming, { params: Promise.resolve({ id }) }),
      );
    }

    it("hears the rest from where it was, as a stream or piece by piece, without losing or repeating a character", async () => {
      const { actor, visitor } = await aVisitor();
      const input = aQuestion("[scenario:slow-stream] Bonjour");
      const id = input.conversationId;
      const whole = hear(await post(visitor, input));
      await new Promise((resolve) => setTimeout(resolve, 700));
      const turn = (await findRunningTurn(actor, id))?.turnId ?? "";
      const begun: TurnParts = await (await read(visitor, at(id, "parts", turn, 0), id)).json();
      expect(begun).toMatchObject({ turnId: turn, from: 0 });
      expect(begun.parts.length).toBeGreaterThan(2);
      const rest = await hear(await read(visitor, at(id, "stream", turn, begun.parts.length), id));
      expect([...begun.parts, ...rest.chunks]).toEqual((await whole).chunks);
    });

    it("is told that nothing is left when its turn has ended, even when another one runs", async () => {
      const { actor, visitor } = await aVisitor();
      const { conversationId: id } = await aRunningTurn(actor);
      expect((await read(visitor, at(id, "stream", newId(), 3), id)).status).toBe(204);
      const parts = await (await read(visitor, at(id, "parts", newId(), 3), id)).json();
      expect(parts).toEqual({ turnId: null, from: 0, parts: [] });
    });

    it.each(["turn=nonsense&from=0", `turn=${newId()}&from=-1`, "from=abc"])(
      "is refused a place such as %s",
      async (place) => {
        const { actor, visitor } = await aVisitor();
        const { conversationId: id } = await aRunningTurn(actor);
        expect(await refusal(await read(visitor, `/api/chat/${id}/parts?${place}`, id))).toEqual(
          said(400, "invalid_input"),
        );
      },
    );
  });
});
