import "server-only";
import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { listBranch, visibleTo } from "./queries";
import { plainText, UNDO_SECONDS } from "./rules";

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

/** The agent has looked at the conversation. One that does not exist has been looked at too. */
export async function markSeen(actor: Actor, id: string): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx
      .update(conversations)
      .set({ hasUnseenAnswer: false })
      .where(and(visibleTo(actor), eq(conversations.id, id), eq(conversations.hasUnseenAnswer, true))),
  );
}

type Place = { conversationId: string; messageId: string };

/** Shows the branch that goes through a message, down to its most recent end. Throws `message_not_found`. */
export async function showBranch(actor: Actor, { conversationId, messageId }: Place): Promise<void> {
  const isMine = sql`owner_id = ${actor.agentId} and conversation_id = ${conversationId}`;
  // A child is always more recent than its parent: the most recent message below is an end.
  const leaf = sql`(
    with recursive below as (
      select id, created_at from ${messages} where id = ${messageId} and ${isMine}
      union all
      select child.id, child.created_at from below join ${messages} child on child.parent_id = below.id
        where child.owner_id = ${actor.agentId}
    ) select id from below order by created_at desc, id desc limit 1)`;
  const shown = await asMember(actor.agentId, (tx) =>
    tx
      .update(conversations)
      .set({ shownLeafId: leaf })
      .where(and(visibleTo(actor), eq(conversations.id, conversationId), sql`${leaf} is not null`))
      .returning({ id: conversations.id }),
  );
  if (shown.length === 0) throw new AppError("message_not_found");
}

/** Copies the branch that ends with an answer into a new conversation, whose identifier it gives. Throws `message_not_found`. */
export async function forkConversation(actor: Actor, { conversationId, messageId }: Place): Promise<string> {
  return asMember(actor.agentId, async (tx) => {
    const [source] = await tx
      .select({ title: conversations.title, titleSource: conversations.titleSource })
      .from(conversations)
      .where(and(visibleTo(actor), eq(conversations.id, conversationId)));
    if (!source) throw new AppError("conversation_not_found");
    const branch = await listBranch(tx, actor, conversationId, messageId);
    const last = branch.at(-1);
    if (last?.author !== "assistant" || last.turn?.status === "running") throw new AppError("message_not_found");

    const id = newId();
    const copies = new Map(branch.map((message) => [message.id, newId()]));
    const copyOf = (original: string | null) => (original ? (copies.get(original) ?? null) : null);
    await tx.insert(conversations).values({ ...source, id, ownerId: actor.agentId, shownLeafId: copyOf(last.id) });
    await tx.insert(messages).values(
      branch.map(({ id: original, parentId, author, parts, createdAt }) => ({
        id: copies.get(original) ?? newId(),
        conversationId: id,
        ownerId: actor.agentId,
        parentId: copyOf(parentId),
        author,
        parts,
        text: plainText(parts),
        createdAt,
      })),
    );
    await copyTurns(tx, actor, { to: id, copies });
    return id;
  });
}

async function copyTurns(
  tx: Transaction,
  actor: Actor,
  { to, copies }: { to: string; copies: ReadonlyMap<string, string> },
): Promise<void> {
  const originals = await tx
    .select()
    .from(turns)
    .where(and(eq(turns.ownerId, actor.agentId), inArray(turns.answerId, [...copies.keys()])));
  const rows = originals.flatMap((turn) => {
    const [questionId, answerId] = [copies.get(turn.questionId), copies.get(turn.answerId)];
    return questionId && answerId
      ? [{ ...turn, id: newId(), conversationId: to, questionId, answerId, continuesId: null }]
      : [];
  });
  if (rows.length > 0) await tx.insert(turns).values(rows);
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
