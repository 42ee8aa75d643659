import "server-only";
import { and, count, eq, inArray } from "drizzle-orm";
import { asMember } from "@/db/client";
import { conversations, messages } from "@/db/schema/conversations";
import { purges } from "@/db/schema/erasures";
import type { Actor } from "@/lib/auth/actor";
import { inTrashOf } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";

/** Few enough that nobody waits for the rows they hold. */
const AT_ONCE = 100;

/** Removes conversations that are in the trash for good, with all that was written in them. Gives how many. */
export async function eraseConversations(actor: Actor, ids: readonly string[]): Promise<number> {
  let erased = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) erased += await eraseSome(actor, ids.slice(at, at + AT_ONCE));
  return erased;
}

/** The same of all that the trash holds when this begins. */
export async function emptyTrash(actor: Actor): Promise<number> {
  const trashed = await asMember(actor.agentId, (tx) =>
    tx.select({ id: conversations.id }).from(conversations).where(inTrashOf(actor)),
  );
  return eraseConversations(
    actor,
    trashed.map(({ id }) => id),
  );
}

function eraseSome(actor: Actor, ids: readonly string[]): Promise<number> {
  return asMember(actor.agentId, async (tx) => {
    // Held until they are gone: what another tab takes out of the trash first stays.
    const held = await tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(and(inTrashOf(actor), inArray(conversations.id, [...ids])))
      .orderBy(conversations.id)
      .for("update");
    if (held.length === 0) return 0;
    const heldIds = held.map(({ id }) => id);
    const [written] = await tx
      .select({ n: count() })
      .from(messages)
      .where(and(eq(messages.ownerId, actor.agentId), inArray(messages.conversationId, heldIds)));
    await tx.delete(conversations).where(and(inTrashOf(actor), inArray(conversations.id, heldIds)));
    await tx
      .insert(purges)
      .values({ id: newId(), kind: "erased", conversations: held.length, messages: written?.n ?? 0 });
    return held.length;
  });
}
