import { describe, expect, it } from "vitest";
import { endTurn, openTurn, saveProgress } from "@/lib/assistant/mutations";
import {
  findRunningTurn,
  findTurnOfQuestion,
  getEndedAnswer,
  getOwnInstructions,
  listMessagesUpTo,
} from "@/lib/assistant/queries";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { newId } from "@/lib/id";
import { anActor } from "@/tests/support/actors";
import { aConversation, aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { deleteConversation, renameConversation, restoreConversation } from "./mutations";
import {
  getConversation,
  listConversations,
  listLatestMessages,
  listMessagesBefore,
  listShownMessages,
} from "./queries";

const notFound = { code: "conversation_not_found" };
const content = { parts: [{ type: "text" as const, text: "écrasé" }], text: "écrasé" };

/** Each operation, and how it refuses what is not the actor's. */
const operations: [name: string, run: (actor: Actor, turn: TurnMetadata) => Promise<unknown>, refused: unknown][] = [
  ["getConversation", (actor, { conversationId }) => getConversation(actor, conversationId), notFound],
  ["listShownMessages", (actor, { conversationId }) => listShownMessages(actor, conversationId), notFound],
  ["listLatestMessages", (actor, { conversationId }) => listLatestMessages(actor, conversationId), notFound],
  [
    "listMessagesBefore",
    (actor, { conversationId, answerId: messageId }) => listMessagesBefore(actor, { conversationId, messageId }),
    { code: "message_not_found" },
  ],
  ["renameConversation", (actor, { conversationId: id }) => renameConversation(actor, { id, title: "Volé" }), notFound],
  ["deleteConversation", (actor, { conversationId }) => deleteConversation(actor, conversationId), notFound],
  ["findRunningTurn", (actor, { conversationId }) => findRunningTurn(actor, conversationId), notFound],
  [
    "openTurn, a question",
    (actor, { conversationId }) =>
      openTurn(actor, { kind: "ask", conversationId, isNew: false, questionId: newId(), text: "Et moi ?" }, "m"),
    notFound,
  ],
  [
    "openTurn, the same conversation as new",
    (actor, { conversationId }) =>
      openTurn(actor, { kind: "ask", conversationId, isNew: true, questionId: newId(), text: "Et moi ?" }, "m"),
    notFound,
  ],
  [
    "openTurn, a retry",
    (actor, { conversationId, questionId }) => openTurn(actor, { kind: "retry", conversationId, questionId }, "m"),
    notFound,
  ],
];

/** Operations that answer as if nothing were there. */
const silent: [name: string, run: (actor: Actor, turn: TurnMetadata) => Promise<unknown>, nothing: unknown][] = [
  ["listConversations", async (actor) => (await listConversations(actor)).conversations, []],
  ["findTurnOfQuestion", (actor, { questionId }) => findTurnOfQuestion(actor, questionId), null],
  ["listMessagesUpTo", (actor, { conversationId, answerId }) => listMessagesUpTo(actor, conversationId, answerId), []],
  ["getEndedAnswer", (actor, { turnId }) => getEndedAnswer(actor, turnId), null],
  ["endTurn", (actor, turn) => endTurn(actor.agentId, turn, { status: "failed" }, content), false],
  ["saveProgress", (actor, turn) => saveProgress(actor.agentId, turn, content), undefined],
  ["getOwnInstructions", (actor) => getOwnInstructions(actor), ""],
];

onEachDatabase(() => {
  describe.each([
    ["another agent", () => anActor()],
    ["a référent", () => anActor({ role: "referent" })],
    ["an analyst", () => anActor({ role: "analyst" })],
    ["an administrator", () => anActor({ role: "administrator" })],
  ])("%s", (_who, make) => {
    it.each(operations)("is told by %s that it does not exist", async (_name, run, refused) => {
      const turn = await aConversation(await anActor());
      await expect(run(await make(), turn)).rejects.toMatchObject(refused as object);
    });

    it.each(silent)("sees and changes nothing through %s", async (_name, run, nothing) => {
      const owner = await anActor();
      const turn = await aConversation(owner);
      expect(await run(await make(), turn)).toEqual(nothing);
      expect(await listShownMessages(owner, turn.conversationId)).toMatchObject([
        { parts: [{ text: "Une question" }] },
        { parts: [{ text: "Une réponse" }] },
      ]);
    });

    it("cannot restore what someone else deleted", async () => {
      const owner = await anActor();
      const { conversationId } = await aConversation(owner);
      await deleteConversation(owner, conversationId);
      await expect(restoreConversation(await make(), conversationId)).rejects.toMatchObject(notFound);
    });

    it("cannot slip a question into someone else's message identifier", async () => {
      const { questionId } = await aConversation(await anActor());
      const input = { kind: "ask" as const, conversationId: newId(), isNew: true, questionId, text: "Collision" };
      await expect(openTurn(await make(), input, "m")).rejects.toMatchObject({ code: "message_not_found" });
    });
  });

  describe("the owner", () => {
    it("is served by every operation", async () => {
      const owner = await anActor({ instructions: "Soyez bref." });
      const turn = await aConversation(owner);
      expect(await getConversation(owner, turn.conversationId)).toMatchObject({
        title: "Une question",
        isRunning: false,
      });
      expect(await listShownMessages(owner, turn.conversationId)).toHaveLength(2);
      expect((await listConversations(owner)).conversations).toHaveLength(1);
      expect(await findRunningTurn(owner, turn.conversationId)).toBeNull();
      expect(await findTurnOfQuestion(owner, turn.questionId)).toEqual(turn);
      expect(await listMessagesUpTo(owner, turn.conversationId, turn.questionId)).toHaveLength(1);
      expect(await getEndedAnswer(owner, turn.turnId)).toMatchObject({ end: { status: "completed" } });
      expect(await getOwnInstructions(owner)).toBe("Soyez bref.");
      await renameConversation(owner, { id: turn.conversationId, title: "Renommée" });
      expect(await getConversation(owner, turn.conversationId)).toMatchObject({ title: "Renommée" });
      const again = await openTurn(
        owner,
        { kind: "retry", conversationId: turn.conversationId, questionId: turn.questionId },
        "m",
      );
      expect(await findRunningTurn(owner, turn.conversationId)).toEqual(again);
    });

    it.each(operations)("is told by %s that a deleted conversation does not exist", async (_name, run, refused) => {
      const owner = await anActor();
      const turn = await aRunningTurn(owner);
      await deleteConversation(owner, turn.conversationId);
      await expect(run(owner, turn)).rejects.toMatchObject(refused as object);
    });
  });
});
