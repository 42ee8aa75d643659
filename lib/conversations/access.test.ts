import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { findKnownOpening, openTurn } from "@/lib/assistant/mutations";
import {
  findEndedAnswer,
  findQuestionText,
  findRunningTurn,
  getTurnContext,
  listMessagesUpTo,
  listSummaries,
} from "@/lib/assistant/queries";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { newId } from "@/lib/id";
import { hasQueuedQuestion, listQueuedQuestions } from "@/lib/queue/queries";
import { endTurn, saveAfterInterruption, saveProgress, saveSummary } from "@/lib/turns/mutations";
import { anActor, someoneElse } from "@/tests/support/actors";
import {
  aConversation,
  aModel,
  anOpenedTurn,
  aRunningTurn,
  deleteConversation,
  restoreConversation,
} from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { aQuestion } from "@/tests/support/turns";
import {
  archiveConversations,
  deleteConversations,
  forkConversation,
  giveModelTitle,
  markSeen,
  pinConversation,
  renameConversation,
  restoreConversations,
  showBranch,
  showMessage,
  unarchiveConversations,
} from "./mutations";
import {
  findHeight,
  getConversation,
  listArchived,
  listConversations,
  listLatestAnswerIds,
  listLatestMessages,
  listMessagesBefore,
  listPinned,
  listShownMessages,
  listStored,
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
  ["deleteConversations, of one", (actor, { conversationId }) => deleteConversation(actor, conversationId), notFound],
  ["pinConversation", (actor, { conversationId: id }) => pinConversation(actor, { id, isPinned: true }), notFound],
  [
    "pinConversation, to unpin",
    (actor, { conversationId: id }) => pinConversation(actor, { id, isPinned: false }),
    notFound,
  ],
  ["findRunningTurn", (actor, { conversationId }) => findRunningTurn(actor, conversationId), notFound],
  [
    "openTurn, a question",
    (actor, { conversationId }) => openTurn(actor, aQuestion("Et moi ?", { conversationId, isNew: false }), aModel),
    notFound,
  ],
  [
    "openTurn, the same conversation as new",
    (actor, { conversationId }) => openTurn(actor, aQuestion("Et moi ?", { conversationId, isNew: true }), aModel),
    notFound,
  ],
  [
    "openTurn, a retry",
    (actor, { conversationId, questionId }) =>
      openTurn(actor, { kind: "retry", conversationId, questionId, answerId: newId() }, aModel),
    notFound,
  ],
  [
    "openTurn, another wording",
    (actor, { conversationId, questionId: editedId }) =>
      openTurn(actor, { ...aQuestion("Autrement ?", { conversationId }), kind: "edit", editedId }, aModel),
    notFound,
  ],
  [
    "openTurn, the rest of an answer",
    (actor, { conversationId, answerId: continuedId }) =>
      openTurn(actor, { kind: "continue", conversationId, continuedId, answerId: newId() }, aModel),
    notFound,
  ],
  [
    "openTurn, the next of the queue",
    (actor, { conversationId }) => openTurn(actor, { kind: "next", conversationId, answerId: newId() }, aModel),
    notFound,
  ],
  [
    "forkConversation",
    (actor, { conversationId, answerId: messageId }) => forkConversation(actor, { conversationId, messageId }),
    notFound,
  ],
  [
    "showMessage",
    (actor, { conversationId, answerId: messageId }) => showMessage(actor, { conversationId, messageId }),
    { code: "message_not_found" },
  ],
  [
    "showBranch",
    (actor, { conversationId, answerId: messageId }) => showBranch(actor, { conversationId, messageId }),
    { code: "message_not_found" },
  ],
];

/** Operations that answer as if nothing were there. */
const silent: [name: string, run: (actor: Actor, turn: TurnMetadata) => Promise<unknown>, nothing: unknown][] = [
  ["listConversations", async (actor) => (await listConversations(actor)).conversations, []],
  ["listPinned", (actor) => listPinned(actor), []],
  ["listArchived", async (actor) => (await listArchived(actor)).conversations, []],
  [
    "listStored, of whatever is asked",
    async (actor) => (await listStored(actor, sql`true`, conversations.archivedAt, undefined)).conversations,
    [],
  ],
  ["archiveConversations", (actor, { conversationId }) => archiveConversations(actor, [conversationId]), []],
  ["unarchiveConversations", (actor, { conversationId }) => unarchiveConversations(actor, [conversationId]), []],
  ["deleteConversations", (actor, { conversationId }) => deleteConversations(actor, [conversationId]), []],
  ["restoreConversations", (actor, { conversationId }) => restoreConversations(actor, [conversationId]), []],
  ["listLatestAnswerIds", (actor, { conversationId }) => listLatestAnswerIds(actor, conversationId), []],
  [
    "findHeight",
    (actor, { conversationId, questionId: fromId }) => findHeight(actor, conversationId, { fromId }),
    null,
  ],
  ["markSeen", (actor, { conversationId }) => markSeen(actor, conversationId), undefined],
  [
    "hasQueuedQuestion",
    (actor, { conversationId }) =>
      asMember(actor.agentId, (tx) => hasQueuedQuestion(tx, actor.agentId, conversationId)),
    false,
  ],
  ["listQueuedQuestions", (actor, { conversationId }) => listQueuedQuestions(actor, conversationId), []],
  [
    "findKnownOpening",
    (actor, { conversationId, questionId, answerId }) =>
      findKnownOpening(actor, { kind: "retry", conversationId, questionId, answerId }),
    null,
  ],
  [
    "findQuestionText",
    (actor, { conversationId, questionId }) => findQuestionText(actor, conversationId, questionId),
    "",
  ],
  ["listMessagesUpTo", (actor, { conversationId, answerId }) => listMessagesUpTo(actor, conversationId, answerId), []],
  ["giveModelTitle", (actor, { conversationId }) => giveModelTitle(actor.agentId, conversationId, "Volé"), false],
  ["listSummaries", (actor, { conversationId }) => listSummaries(actor, conversationId), []],
  [
    "getTurnContext",
    (actor, { conversationId, answerId }) =>
      asMember(actor.agentId, (tx) => getTurnContext(tx, actor, conversationId, answerId)),
    {
      branch: [],
      summaries: [],
      attached: [],
      settings: { ownInstructions: "", searchesAlone: false, confirmsSearches: false, project: null },
    },
  ],
  ["findEndedAnswer", (actor, turn) => findEndedAnswer(actor, turn), null],
  ["endTurn", (actor, turn) => endTurn(actor.agentId, turn, { status: "failed" }, content), null],
  ["saveProgress", (actor, turn) => saveProgress([{ ownerId: actor.agentId, turn, content }]), undefined],
];

onEachDatabase(() => {
  describe.each(someoneElse)("%s", (_who, make) => {
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
      expect(await getConversation(owner, turn.conversationId)).toMatchObject({ title: "Une question" });
    });

    it("cannot restore what someone else deleted", async () => {
      const owner = await anActor();
      const { conversationId } = await aConversation(owner);
      await deleteConversation(owner, conversationId);
      await expect(restoreConversation(await make(), conversationId)).rejects.toMatchObject(notFound);
    });

    it("cannot slip a question into someone else's message identifier", async () => {
      const { questionId } = await aConversation(await anActor());
      const input = aQuestion("Collision", { questionId });
      await expect(openTurn(await make(), input, aModel)).rejects.toMatchObject({ code: "message_not_found" });
    });

    it("cannot sum up someone else's conversation", async () => {
      const owner = await anActor();
      const { conversationId, answerId: messageId } = await aConversation(owner);
      const { agentId } = await make();
      await expect(saveSummary(agentId, conversationId, { messageId, text: "Volé" })).rejects.toThrow();
      expect(await listSummaries(owner, conversationId)).toEqual([]);
    });

    it("cannot write what someone else's interrupted answer says", async () => {
      const owner = await anActor();
      const turn = await aRunningTurn(owner);
      await endTurn(owner.agentId, turn, { status: "interrupted" }, { parts: [], text: "" });
      const said = async () => (await listShownMessages(owner, turn.conversationId)).at(-1)?.parts;
      await saveAfterInterruption((await make()).agentId, turn, content);
      expect(await said()).toEqual([]);
    });

    it("cannot take someone else's message identifier for an answer", async () => {
      const { answerId } = await aConversation(await anActor());
      const input = aQuestion("Collision", { answerId });
      await expect(openTurn(await make(), input, aModel)).rejects.toMatchObject({ code: "message_not_found" });
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
      expect(await listMessagesUpTo(owner, turn.conversationId, turn.answerId)).toHaveLength(2);
      expect((await listConversations(owner)).conversations).toHaveLength(1);
      expect(await findRunningTurn(owner, turn.conversationId)).toBeNull();
      expect(
        await asMember(owner.agentId, (tx) => getTurnContext(tx, owner, turn.conversationId, turn.questionId)),
      ).toMatchObject({
        branch: [{ parts: [{ text: "Une question" }] }],
        settings: { ownInstructions: "Soyez bref.", searchesAlone: false, confirmsSearches: false },
      });
      expect(await findEndedAnswer(owner, turn)).toMatchObject({ end: { status: "completed" } });
      const id = turn.conversationId;
      await pinConversation(owner, { id, isPinned: true });
      expect(await listPinned(owner)).toMatchObject([{ id }]);
      expect(await archiveConversations(owner, [id])).toEqual([id]);
      expect((await listArchived(owner)).conversations).toMatchObject([{ id }]);
      expect(await unarchiveConversations(owner, [id])).toEqual([id]);
      expect(await deleteConversations(owner, [id])).toEqual([id]);
      expect(await restoreConversations(owner, [id])).toEqual([id]);
      await renameConversation(owner, { id: turn.conversationId, title: "Renommée" });
      expect(await getConversation(owner, turn.conversationId)).toMatchObject({ title: "Renommée" });
      const { conversationId, questionId } = turn;
      const again = await anOpenedTurn(owner, { kind: "retry", conversationId, questionId, answerId: newId() });
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
