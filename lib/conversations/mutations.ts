import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { asMember } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { visibleTo } from "./queries";
import { UNDO_SECONDS } from "./rules";

/** The undo notice lasts `UNDO_SECONDS`; a slow network may bring the request later. */
const UNDO_GRACE_SECONDS = 20;

export async function renameConversation(actor: Actor, { id, title }: { id: string; title: string }): Promise<void> {
  await changeOne(actor, id, { title, titleSource: "agent" });
}

/** Gives the title that a model found, unless someone gave one meanwhile: the agent's own stays for ever. */
export async function giveModelTitle(ownerId: string, id: string, title: string): Promise<boolean> {
  const named = await asMember(ownerId, (tx) =>
    tx
      .update(conversations)
      .set({ title, titleSource: "model" })
      .where(
        and(
          eq(conversations.ownerId, ownerId),
          eq(conversations.id, id),
          eq(conversations.titleSource, "question"),
          isNull(conversations.deletedAt),
        ),
      )
      .returning({ id: conversations.id }),
  );
  return named.length === 1;
}

/** Hides the conversation at once; the purge removes it when it can no longer be undone. */
export async function deleteConversation(actor: Actor, id: string): Promise<void> {
  await changeOne(actor, id, { deletedAt: new Date() });
}

/** Undoes a deletion. Throws `conversation_not_found` when it is too late. */
export async function restoreConversation(actor: Actor, id: string): Promise<void> {
  const undoableSince = sql`now() - make_interval(secs => ${UNDO_SECONDS + UNDO_GRACE_SECONDS})`;
  const restored = await asMember(actor.agentId, (tx) =>
    tx
      .update(conversations)
      .set({ deletedAt: null })
      .where(
        and(
          eq(conversations.ownerId, actor.agentId),
          eq(conversations.id, id),
          gt(conversations.deletedAt, undoableSince),
        ),
      )
      .returning({ id: conversations.id }),
  );
  if (restored.length === 0) throw new AppError("conversation_not_found");
}

async function changeOne(actor: Actor, id: string, change: Partial<typeof conversations.$inferInsert>): Promise<void> {
  const changed = await asMember(actor.agentId, (tx) =>
    tx
      .update(conversations)
      .set(change)
      .where(and(visibleTo(actor), eq(conversations.id, id)))
      .returning({ id: conversations.id }),
  );
  if (changed.length === 0) throw new AppError("conversation_not_found");
}
