import { describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { openTurn } from "@/lib/assistant/mutations";
import { rewordQueuedQuestion } from "@/lib/assistant/reword-queued-question";
import { anActor, someoneElse } from "@/tests/support/actors";
import { aModel, aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion } from "@/tests/support/turns";
import { editQueuedQuestion, removeQueuedQuestion } from "./mutations";
import { getQueuedModelId, hasQueuedQuestion, listQueuedQuestions } from "./queries";

setTestSettings({ LLM_BASE_URL: "http://127.0.0.1:9/v1", LLM_MODEL: "modele" });
const sent = { code: "queued_question_sent" };

onEachDatabase(() => {
  describe.each(someoneElse)("%s", (_who, make) => {
    it("can neither change nor remove someone else's waiting question", async () => {
      const owner = await anActor();
      const { conversationId } = await aRunningTurn(owner);
      const question = aQuestion("J’attends", { conversationId, isNew: false });
      await openTurn(owner, question, aModel);
      const [other, id] = [await make(), question.questionId];
      await expect(rewordQueuedQuestion(other, { id, text: "Volé" })).rejects.toMatchObject(sent);
      await expect(editQueuedQuestion(other, { id, text: "Volé" })).rejects.toMatchObject(sent);
      await expect(removeQueuedQuestion(other, id)).rejects.toMatchObject(sent);
      await expect(getQueuedModelId(other, id)).rejects.toMatchObject(sent);
      expect(await listQueuedQuestions(owner, conversationId)).toEqual([{ id, text: "J’attends" }]);
      expect(await asMember(owner.agentId, (tx) => hasQueuedQuestion(tx, owner.agentId, conversationId))).toBe(true);
    });
  });
});
