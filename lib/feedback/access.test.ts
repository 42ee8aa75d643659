import { describe, expect, it } from "vitest";
import { newId } from "@/lib/id";
import { anActor, someoneElse } from "@/tests/support/actors";
import { aConversation, aRunningTurn, deleteConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { giveFeedback, withdrawFeedback } from "./mutations";
import { listFeedback } from "./queries";
import type { Feedback } from "./schema";

const notFound = { code: "message_not_found" };
const down: Feedback = { rating: "down", reasons: ["invented", "sources"], comment: "L’article cité n’existe pas." };
const up: Feedback = { rating: "up", reasons: [], comment: "" };

onEachDatabase(() => {
  describe("the owner", () => {
    it("finds the opinion again, changes it, and takes it back", async () => {
      const actor = await anActor();
      const { conversationId, answerId } = await aConversation(actor);
      expect(await listFeedback(actor, conversationId)).toEqual({});
      await giveFeedback(actor, answerId, down);
      expect(await listFeedback(actor, conversationId)).toEqual({ [answerId]: down });
      await giveFeedback(actor, answerId, up);
      expect(await listFeedback(actor, conversationId)).toEqual({ [answerId]: up });
      await withdrawFeedback(actor, answerId);
      await withdrawFeedback(actor, answerId);
      expect(await listFeedback(actor, conversationId)).toEqual({});
    });

    it("has one opinion of an answer, even given twice at the same instant", async () => {
      const actor = await anActor();
      const { conversationId, answerId } = await aConversation(actor);
      await Promise.all([giveFeedback(actor, answerId, up), giveFeedback(actor, answerId, down)]);
      expect(Object.keys(await listFeedback(actor, conversationId))).toEqual([answerId]);
    });

    it("keeps the opinions of one conversation apart from another's", async () => {
      const actor = await anActor();
      const [one, other] = [await aConversation(actor), await aConversation(actor)];
      await giveFeedback(actor, one.answerId, up);
      expect(await listFeedback(actor, other.conversationId)).toEqual({});
    });

    it("has no opinion of a question, nor of what does not exist", async () => {
      const actor = await anActor();
      const { questionId } = await aRunningTurn(actor);
      for (const id of [questionId, newId()]) {
        await expect(giveFeedback(actor, id, up)).rejects.toMatchObject(notFound);
        await expect(withdrawFeedback(actor, id)).rejects.toMatchObject(notFound);
      }
    });

    it("is told that the answers of a deleted conversation do not exist", async () => {
      const actor = await anActor();
      const { conversationId, answerId } = await aConversation(actor);
      await giveFeedback(actor, answerId, down);
      await deleteConversation(actor, conversationId);
      expect(await listFeedback(actor, conversationId)).toEqual({});
      await expect(giveFeedback(actor, answerId, up)).rejects.toMatchObject(notFound);
      await expect(withdrawFeedback(actor, answerId)).rejects.toMatchObject(notFound);
    });
  });

  describe.each(someoneElse)("%s", (_who, make) => {
    it("neither sees, nor changes, nor takes back the owner's opinion", async () => {
      const owner = await anActor();
      const { conversationId, answerId } = await aConversation(owner);
      await giveFeedback(owner, answerId, down);
      const other = await make();
      expect(await listFeedback(other, conversationId)).toEqual({});
      await expect(giveFeedback(other, answerId, up)).rejects.toMatchObject(notFound);
      await expect(withdrawFeedback(other, answerId)).rejects.toMatchObject(notFound);
      expect(await listFeedback(owner, conversationId)).toEqual({ [answerId]: down });
    });
  });
});
