import { describe, expect, it } from "vitest";
import { listConversations } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { anActor, someoneElse } from "@/tests/support/actors";
import { aConversation, aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { eraseAccount, requestErasure } from "./mutations";
import { findReceipt, getEmail, listRunningTurnIds } from "./queries";

onEachDatabase(() => {
  describe.each(someoneElse)("%s", (_who, make) => {
    it("deletes no account but their own, and sees nothing of another one", async () => {
      const [owner, other] = [await anActor({ email: "a-moi@ministere.example" }), await make()];
      await aRunningTurn(owner);
      expect(await listRunningTurnIds(other.agentId)).toEqual([]);
      expect(await getEmail(other)).not.toBe("a-moi@ministere.example");
      const { number } = await requestErasure(other);
      await eraseAccount(owner.agentId, number);
      await eraseAccount(other.agentId, number);
      expect(await findReceipt(number)).toMatchObject({ conversations: 0, finishedAt: expect.any(Date) });
      expect((await listConversations(owner)).conversations).toHaveLength(1);
    });
  });

  it("erases nothing that its agent did not ask for", async () => {
    const owner = await anActor();
    await aConversation(owner);
    await eraseAccount(owner.agentId, newId());
    expect((await listConversations(owner)).conversations).toHaveLength(1);
  });

  it("serves the owner", async () => {
    const owner = await anActor({ email: "la-mienne@ministere.example" });
    const { turnId } = await aRunningTurn(owner);
    expect(await getEmail(owner)).toBe("la-mienne@ministere.example");
    expect(await listRunningTurnIds(owner.agentId)).toEqual([turnId]);
  });
});
