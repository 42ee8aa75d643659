import { afterAll, expect, it, vi } from "vitest";
import { followTurn } from "@/lib/assistant/follow-turn";
import { findRunningTurn } from "@/lib/assistant/queries";
import { rewordQueuedQuestion } from "@/lib/assistant/reword-queued-question";
import { runTurn } from "@/lib/assistant/run-turn";
import type { ChatInput } from "@/lib/assistant/schema";
import { startTurn } from "@/lib/assistant/start-turn";
import { stopTurn } from "@/lib/assistant/stop-turn";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import { plainText } from "@/lib/conversations/rules";
import { newId } from "@/lib/id";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear, opened } from "@/tests/support/turns";
import { editQueuedQuestion, removeQueuedQuestion } from "./mutations";
import { listQueuedQuestions } from "./queries";
import { QUEUED_QUESTIONS_MAX } from "./rules";

const upstream = await startScriptedModel();
const sent = { code: "queued_question_sent" };
setTestSettings({ LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "modele" });
afterAll(() => upstream.close());
vi.spyOn(console, "warn").mockImplementation(() => {});

async function begin(actor: Actor, input: ChatInput) {
  const turn = opened(await startTurn(actor, input));
  runTurn(turn);
  return { ...turn, heard: hear(followTurn(turn.turnId, new AbortController().signal)) };
}

/** It may be sent with the question before it, when nothing was answered to that one: the last scenario counts. */
const DEUX = "[scenario:default] Deux";

const questionsOf = async (actor: Actor, conversationId: string) =>
  (await listShownMessages(actor, conversationId))
    .filter(({ author }) => author === "agent")
    .map(({ parts }) => plainText(parts));

const wait = (actor: Actor, conversationId: string, text: string) =>
  startTurn(actor, aQuestion(text, { conversationId, isNew: false }));

const allAnswered = async (actor: Actor, conversationId: string) =>
  (await findRunningTurn(actor, conversationId)) === null &&
  (await listQueuedQuestions(actor, conversationId)).length === 0;

onEachDatabase(() => {
  it("asks the questions that wait one after the other, in their order", async () => {
    const actor = await anActor();
    const { conversationId, heard } = await begin(actor, aQuestion("[scenario:slow-stream] Un"));
    for (const text of [DEUX, "Trois"]) expect(await wait(actor, conversationId, text)).toEqual({ kind: "queued" });
    expect(await listQueuedQuestions(actor, conversationId)).toMatchObject([{ text: DEUX }, { text: "Trois" }]);
    await heard;
    // Whoever hears the end finds the next turn running.
    expect(await questionsOf(actor, conversationId)).toEqual(["[scenario:slow-stream] Un", DEUX]);
    await expect.poll(() => allAnswered(actor, conversationId), { timeout: 10_000 }).toBe(true);
    expect(await questionsOf(actor, conversationId)).toEqual(["[scenario:slow-stream] Un", DEUX, "Trois"]);
    const statuses = (await listShownMessages(actor, conversationId)).flatMap(({ turn }) => turn?.status ?? []);
    expect(statuses).toEqual(["completed", "completed", "completed"]);
  });

  it("asks the next one when the answer is stopped", async () => {
    const actor = await anActor();
    const { conversationId, turnId, heard } = await begin(actor, aQuestion("[scenario:never-ends] Un"));
    await wait(actor, conversationId, DEUX);
    await stopTurn(turnId);
    await heard;
    await expect.poll(() => allAnswered(actor, conversationId), { timeout: 10_000 }).toBe(true);
    expect(await questionsOf(actor, conversationId)).toEqual(["[scenario:never-ends] Un", DEUX]);
  });

  it("waits for the agent after a failure, who then sends the first one", async () => {
    const actor = await anActor();
    const { conversationId, heard } = await begin(actor, aQuestion("[scenario:slow-first-token-then-500] Un"));
    await wait(actor, conversationId, DEUX);
    expect(await heard).toMatchObject({ end: { status: "failed" } });
    expect(await listQueuedQuestions(actor, conversationId)).toMatchObject([{ text: DEUX }]);
    const next = await begin(actor, { kind: "next", conversationId, answerId: newId() });
    await next.heard;
    expect(await questionsOf(actor, conversationId)).toEqual(["[scenario:slow-first-token-then-500] Un", DEUX]);
  });

  it("holds five, and refuses the sixth without losing any", async () => {
    const actor = await anActor();
    const { conversationId, turnId, heard } = await begin(actor, aQuestion("[scenario:never-ends] Un"));
    const texts = Array.from({ length: QUEUED_QUESTIONS_MAX }, (_, index) => `[scenario:default] ${index}`);
    for (const text of texts) await wait(actor, conversationId, text);
    await expect(wait(actor, conversationId, "De trop")).rejects.toMatchObject({
      code: "queue_full",
      details: { max: 5 },
    });
    // The last one, whose acceptance the browser did not hear.
    const [last] = (await listQueuedQuestions(actor, conversationId)).slice(-1);
    const again = { ...aQuestion("Cinq", { conversationId, isNew: false }), questionId: last?.id ?? "" };
    expect(await startTurn(actor, again)).toEqual({ kind: "queued" });
    const waiting = await listQueuedQuestions(actor, conversationId);
    expect(waiting.map(({ text }) => text)).toEqual(texts);
    for (const { id } of waiting) await removeQueuedQuestion(actor, id);
    await stopTurn(turnId);
    await heard;
  });

  it("keeps one question once, however often the browser sends it", async () => {
    const actor = await anActor();
    const { conversationId, turnId, heard } = await begin(actor, aQuestion("[scenario:never-ends] Un"));
    const question = aQuestion(DEUX, { conversationId, isNew: false });
    for (let times = 0; times < 3; times += 1) await startTurn(actor, question);
    expect(await listQueuedQuestions(actor, conversationId)).toHaveLength(1);
    await stopTurn(turnId);
    await heard;
    await expect.poll(() => allAnswered(actor, conversationId), { timeout: 10_000 }).toBe(true);
    expect(await startTurn(actor, question)).toMatchObject({ kind: "known" });
    expect(await questionsOf(actor, conversationId)).toEqual(["[scenario:never-ends] Un", DEUX]);
  });

  it("changes and removes a question that waits, not one that was sent", async () => {
    const actor = await anActor();
    const { conversationId, turnId, heard } = await begin(actor, aQuestion("[scenario:never-ends] Un"));
    for (const text of [DEUX, "Trois"]) await wait(actor, conversationId, text);
    const [second, third] = await listQueuedQuestions(actor, conversationId);
    const id = second?.id ?? "";
    await expect(rewordQueuedQuestion(actor, { id, text: "mot ".repeat(400_000) })).rejects.toMatchObject({
      code: "question_too_long_for_model",
    });
    await rewordQueuedQuestion(actor, { id, text: "[scenario:default] Deux, corrigée" });
    await removeQueuedQuestion(actor, third?.id ?? "");
    await stopTurn(turnId);
    await heard;
    await expect.poll(() => allAnswered(actor, conversationId), { timeout: 10_000 }).toBe(true);
    expect(await questionsOf(actor, conversationId)).toEqual([
      "[scenario:never-ends] Un",
      "[scenario:default] Deux, corrigée",
    ]);
    await expect(rewordQueuedQuestion(actor, { id, text: "Trop tard" })).rejects.toMatchObject(sent);
    await expect(editQueuedQuestion(actor, { id, text: "Trop tard" })).rejects.toMatchObject(sent);
  });
});
