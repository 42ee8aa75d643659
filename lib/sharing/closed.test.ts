import { expect, it } from "vitest";
import { anActor } from "@/tests/support/actors";
import { aConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { copyShare, createShare } from "./mutations";
import { openShare } from "./queries";

setTestSettings({ SHARING: "false" });

onEachDatabase(() => {
  it("a service that does not share opens no link, not even those made before", async () => {
    const owner = await anActor();
    const { conversationId, answerId: messageId } = await aConversation(owner);
    const id = await createShare(owner, { conversationId, messageId, withDocuments: false, days: 30 });
    for (const opening of [openShare(owner, id), copyShare(owner, id)])
      await expect(opening).rejects.toMatchObject({ code: "share_not_found" });
  });
});
