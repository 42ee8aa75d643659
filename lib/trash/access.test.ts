import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asMaintenance, asMember } from "@/db/client";
import type { Actor } from "@/lib/auth/actor";
import { anActor, someoneElse } from "@/tests/support/actors";
import { aConversation, deleteConversation } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { emptyTrash, eraseConversations } from "./mutations";
import { countTrash, listLeaving, listTrash, summariseLeaving } from "./queries";

const operations: [name: string, run: (actor: Actor, id: string) => Promise<unknown>, nothing: unknown][] = [
  ["listTrash", async (actor) => (await listTrash(actor)).conversations, []],
  ["countTrash", (actor) => countTrash(actor), 0],
  ["listLeaving", (actor) => listLeaving(actor, 12), []],
  ["summariseLeaving", (actor) => summariseLeaving(actor, 12), null],
  ["eraseConversations", (actor, id) => eraseConversations(actor, [id]), 0],
  ["emptyTrash", (actor) => emptyTrash(actor), 0],
];

/** One that was deleted, and one that leaves soon for want of use. */
async function aTrash(owner: Actor): Promise<string> {
  const { conversationId } = await aConversation(owner);
  await deleteConversation(owner, conversationId);
  await aConversation(owner);
  await asMember(owner.agentId, (tx) =>
    tx.execute(sql`update conversations set used_at = now() - interval '2 years', announced_at = now()
      where deleted_at is null`),
  );
  return conversationId;
}

const denied = { code: "42501" };

onEachDatabase(() => {
  describe.each(someoneElse)("%s", (_who, make) => {
    it.each(operations)("sees and removes nothing of someone else's trash through %s", async (_name, run, nothing) => {
      const owner = await anActor();
      const id = await aTrash(owner);
      expect(await run(await make(), id)).toEqual(nothing);
      expect(await countTrash(owner)).toBe(1);
    });
  });

  it("the owner is served by every operation", async () => {
    const owner = await anActor();
    const id = await aTrash(owner);
    expect((await listTrash(owner)).conversations).toMatchObject([{ id }]);
    expect(await listLeaving(owner, 12)).toHaveLength(1);
    expect(await summariseLeaving(owner, 12)).toMatchObject({ count: 1 });
    expect(await eraseConversations(owner, [id])).toBe(1);
    expect(await emptyTrash(owner)).toBe(0);
  });

  it.each([
    "title from conversations",
    "owner_id from conversations",
    "text from messages",
    "parts from messages",
    "owner_id from messages",
    "name from documents",
    "owner_id from message_documents",
    "email from agents",
    "instructions from agents",
  ])("refuses %s to the role that purges", async (what) => {
    await expect(asMaintenance((tx) => tx.execute(sql.raw(`select ${what}`)))).rejects.toMatchObject(denied);
  });

  it.each([
    "update conversations set title = 'x'",
    "update conversations set pinned_at = null",
    "update messages set text = 'x'",
    "delete from messages",
  ])("refuses « %s » to the role that purges", async (statement) => {
    await expect(asMaintenance((tx) => tx.execute(sql.raw(statement)))).rejects.toMatchObject(denied);
  });

  it("hides what is pinned, and the messages of what is not in the trash, from the role that purges", async () => {
    const owner = await anActor();
    const trashed = await aTrash(owner);
    const { conversationId: pinned } = await aConversation(owner);
    await asMember(owner.agentId, (tx) =>
      tx.execute(sql`update conversations set pinned_at = now() where id = ${pinned}`),
    );
    const seen = await asMaintenance(async (tx) => [
      await tx.execute(sql`select id from conversations`),
      await tx.execute(sql`select conversation_id from messages`),
    ]);
    const [conversations = "", messages = ""] = seen.map((rows) => JSON.stringify(rows));
    expect(conversations).toContain(trashed);
    expect(conversations).not.toContain(pinned);
    expect(messages).toContain(trashed);
    expect(messages).not.toContain(pinned);
  });

  it("leaves an account alone that nobody asked to delete, even to a statement that forgot to ask", async () => {
    const owner = await anActor();
    await asMaintenance((tx) => tx.execute(sql`delete from agents`));
    const { conversationId } = await aConversation(owner);
    expect(conversationId).toBeTruthy();
  });
});
