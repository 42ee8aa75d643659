import { afterAll, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { forkConversation, showBranch } from "@/lib/conversations/mutations";
import { getConversation, listShownMessages } from "@/lib/conversations/queries";
import { plainText } from "@/lib/conversations/rules";
import { newId } from "@/lib/id";
import { endTurn } from "@/lib/turns/mutations";
import { anActor } from "@/tests/support/actors";
import { aConversation, anOpenedTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear, opened, until } from "@/tests/support/turns";
import { followTurn } from "./follow-turn";
import { runTurn } from "./run-turn";
import type { ChatInput } from "./schema";
import { startTurn } from "./start-turn";
import { stopTurn } from "./stop-turn";

const upstream = await startScriptedModel();
setTestSettings({ LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "modele", LLM_LABEL: "Modèle d’essai" });
afterAll(() => upstream.close());
vi.spyOn(console, "warn").mockImplementation(() => {});

const forever = () => new AbortController().signal;

async function run(actor: Actor, input: ChatInput) {
  const turn = opened(await startTurn(actor, input));
  runTurn(turn);
  return { turn, heard: hear(followTurn(turn.turnId, forever())) };
}

async function answered(actor: Actor, input: ChatInput, answer: string) {
  const turn = await anOpenedTurn(actor, input);
  const parts = [{ type: "text" as const, text: answer }];
  await endTurn(actor.agentId, turn, { status: "completed" }, { parts, text: answer });
  return turn;
}

const shown = async (actor: Actor, conversationId: string) =>
  (await listShownMessages(actor, conversationId)).map(({ parts }) => plainText(parts));

onEachDatabase(() => {
  it("edits a question in a new branch, and goes from one to the other with what followed each", async () => {
    const actor = await anActor();
    const first = await aConversation(actor, { question: "Q1", answer: "A1" });
    const { conversationId } = first;
    await answered(actor, aQuestion("Q2", { conversationId, isNew: false }), "A2");
    const edit = { kind: "edit" as const, conversationId, editedId: first.questionId };
    const edited = await answered(actor, { ...edit, questionId: newId(), answerId: newId(), text: "Q1 bis" }, "A1 bis");
    expect(await shown(actor, conversationId)).toEqual(["Q1 bis", "A1 bis"]);
    const [question] = await listShownMessages(actor, conversationId);
    expect(question?.siblings).toEqual([first.questionId, edited.questionId]);

    await showBranch(actor, { conversationId, messageId: first.questionId });
    expect(await shown(actor, conversationId)).toEqual(["Q1", "A1", "Q2", "A2"]);
    await showBranch(actor, { conversationId, messageId: edited.questionId });
    expect(await shown(actor, conversationId)).toEqual(["Q1 bis", "A1 bis"]);
  });

  it("gives another answer beside the first one, and asks after the one that is shown", async () => {
    const actor = await anActor();
    const { conversationId, questionId, answerId } = await aConversation(actor, { question: "Q", answer: "A1" });
    await answered(actor, { kind: "retry", conversationId, questionId, answerId: newId() }, "A2");
    expect(await shown(actor, conversationId)).toEqual(["Q", "A2"]);
    await showBranch(actor, { conversationId, messageId: answerId });
    await answered(actor, aQuestion("Suite", { conversationId, isNew: false }), "A3");
    expect(await shown(actor, conversationId)).toEqual(["Q", "A1", "Suite", "A3"]);
    expect((await listShownMessages(actor, conversationId)).map(({ siblings }) => siblings.length)).toEqual([
      0, 2, 0, 0,
    ]);
  });

  it("continues a stopped answer with its text, which stays the only one shown", async () => {
    const actor = await anActor();
    const { turn, heard } = await run(actor, aQuestion("[scenario:never-ends] Q"));
    const { conversationId, answerId } = turn;
    await until(followTurn(turn.turnId, forever()), "mot1 ");
    await stopTurn(turn.turnId);
    const begun = (await heard).text;
    expect(begun).toContain("mot1 ");

    upstream.follow("slow-stream");
    const rest = await run(actor, { kind: "continue", conversationId, continuedId: answerId, answerId: newId() });
    const { text } = await rest.heard;
    upstream.follow(null);
    expect(text.startsWith(begun)).toBe(true);
    expect(text.length).toBeGreaterThan(begun.length);
    const sent = upstream.requests.at(-1)?.body.messages ?? [];
    expect(sent.at(-2)).toEqual({ role: "assistant", content: begun.trim() });
    expect(sent.at(-1)).toMatchObject({ role: "user", content: expect.stringContaining("Continuez-la") });
    const messages = await listShownMessages(actor, conversationId);
    expect(messages.at(-1)).toMatchObject({ parts: [{ text }], siblings: [], turn: { status: "completed" } });
  });

  it("asks the question again when nothing had been said yet", async () => {
    const actor = await anActor();
    const { conversationId, questionId, answerId, turnId } = await anOpenedTurn(actor, aQuestion("Q"));
    await endTurn(
      actor.agentId,
      { turnId, conversationId, questionId, answerId, modelLabel: "" },
      { status: "interrupted" },
      { parts: [], text: "" },
    );
    const rest = await run(actor, { kind: "continue", conversationId, continuedId: answerId, answerId: newId() });
    expect(await rest.heard).toMatchObject({ end: { status: "completed" } });
    expect(upstream.requests.at(-1)?.body.messages?.slice(1)).toEqual([{ role: "user", content: "Q" }]);
  });

  it("copies a branch up to an answer into a conversation of its own", async () => {
    const actor = await anActor();
    const first = await aConversation(actor, { question: "Q1", answer: "A1" });
    const { conversationId } = first;
    await answered(actor, aQuestion("Q2", { conversationId, isNew: false }), "A2");
    const copy = await forkConversation(actor, { conversationId, messageId: first.answerId });
    expect(await shown(actor, copy)).toEqual(["Q1", "A1"]);
    expect((await listShownMessages(actor, copy)).at(-1)?.turn).toMatchObject({ status: "completed" });
    await answered(actor, aQuestion("Ailleurs", { conversationId: copy, isNew: false }), "A3");
    expect(await shown(actor, copy)).toEqual(["Q1", "A1", "Ailleurs", "A3"]);
    expect(await shown(actor, conversationId)).toEqual(["Q1", "A1", "Q2", "A2"]);
    expect(await getConversation(actor, copy)).toMatchObject({ title: "Q1" });
  });

  it.each([
    ["a question", (turn: { questionId: string }) => turn.questionId],
    ["a message that does not exist", () => newId()],
  ])("does not copy up to %s", async (_what, messageOf) => {
    const actor = await anActor();
    const turn = await aConversation(actor);
    const place = { conversationId: turn.conversationId, messageId: messageOf(turn) };
    await expect(forkConversation(actor, place)).rejects.toMatchObject({ code: "message_not_found" });
  });

  it.each(["edit", "retry", "continue"] as const)("refuses to %s a message of another conversation", async (kind) => {
    const actor = await anActor();
    const [here, there] = [await aConversation(actor), await aConversation(actor)];
    const common = { conversationId: here.conversationId, answerId: newId() };
    const inputs: Record<typeof kind, ChatInput> = {
      edit: { kind: "edit", ...common, editedId: there.questionId, questionId: newId(), text: "Q" },
      retry: { kind: "retry", ...common, questionId: there.questionId },
      continue: { kind: "continue", ...common, continuedId: there.answerId },
    };
    await expect(startTurn(actor, inputs[kind])).rejects.toMatchObject({ code: "message_not_found" });
    expect(await shown(actor, here.conversationId)).toEqual(["Une question", "Une réponse"]);
  });

  it("keeps another branch from being started while an answer is being written", async () => {
    const actor = await anActor();
    const { conversationId, questionId } = await anOpenedTurn(actor, aQuestion("Q"));
    const retry = { kind: "retry" as const, conversationId, questionId, answerId: newId() };
    await expect(startTurn(actor, retry)).rejects.toMatchObject({ code: "turn_already_running" });
  });
});
