import { describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { getConversation } from "@/lib/conversations/queries";
import { getBranch } from "@/lib/export/queries";
import { newId } from "@/lib/id";
import { anActor, someoneElse } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { aTemporaryConversation } from "@/tests/support/temporary";
import { closeTemporary, keepTemporary, leaveTemporary, showTemporary } from "./mutations";

const gone = { code: "conversation_not_found" };

const operations: [string, (actor: Actor, id: string) => Promise<unknown>][] = [
  ["showTemporary", (actor, id) => showTemporary(actor, id)],
  ["leaveTemporary", (actor, id) => leaveTemporary(actor, id)],
  ["keepTemporary", (actor, id) => keepTemporary(actor, id)],
  ["closeTemporary", (actor, id) => closeTemporary(actor, id)],
  ["getConversation", (actor, id) => getConversation(actor, id)],
  ["getBranch", (actor, id) => getBranch(actor, id)],
];

const stored = async (owner: Actor) => asMember(owner.agentId, (tx) => tx.select().from(conversations));

onEachDatabase(() => {
  describe.each(someoneElse)("%s", (_who, make) => {
    it.each(operations)("is told by %s that someone else's does not exist, and changes nothing", async (_name, run) => {
      const owner = await anActor();
      const { conversationId } = await aTemporaryConversation(owner);
      const before = await stored(owner);
      await expect(run(await make(), conversationId)).rejects.toMatchObject(gone);
      expect(await stored(owner)).toEqual(before);
    });
  });

  it.each(operations)(
    "its owner does through %s what is theirs to do, and nothing of what does not exist",
    async (_name, run) => {
      const owner = await anActor();
      const { conversationId } = await aTemporaryConversation(owner);
      await run(owner, conversationId);
      await expect(run(owner, newId())).rejects.toMatchObject(gone);
    },
  );
});
