import "server-only";
import { and, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { asMember, holdName, type Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { listBranch } from "@/lib/branches/queries";
import { AppError } from "@/lib/errors/app-error";
import { indexTurns, writeTitle } from "@/lib/history-index/mutations";
import { newId } from "@/lib/id";
import { copyAttached } from "@/lib/message-documents/mutations";
import { suspendShares } from "@/lib/sharing/mutations";
import { refuseTemporary } from "@/lib/temporary/queries";
import { findHeight, inTrashOf, keptBy, visibleTo } from "./queries";
import { PINNED_MAX, plainText } from "./rules";

export async function renameConversation(actor: Actor, { id, title }: { id: string; title: string }): Promise<void> {
  const named = { title, titleSource: "agent" as const };
  requireOne(await change(actor, [id], keptBy(actor), named, (tx) => writeTitle(tx, id, title)));
}

/** Gives the title that a model found, unless someone gave one meanwhile: the agent's own stays for ever. */
export async function giveModelTitle(ownerId: string, id: string, title: string): Promise<boolean> {
  return asMember(ownerId, async (tx) => {
    const named = await tx
      .update(conversations)
      .set({ title, titleSource: "model" })
      .where(
        and(
          eq(conversations.ownerId, ownerId),
          eq(conversations.id, id),
          eq(conversations.titleSource, "question"),
          isNull(conversations.deletedAt),
          isNull(conversations.expiresAt),
        ),
      )
      .returning({ id: conversations.id });
    if (named.length === 0) return false;
    await writeTitle(tx, id, title);
    return true;
  });
}

/** Puts conversations in the trash, where they stay `TRASH_DAYS`. Gives those that were: one that is there already keeps its date. */
export const deleteConversations = (actor: Actor, ids: readonly string[]): Promise<string[]> =>
  change(actor, ids, keptBy(actor), { deletedAt: sql`now()` }, (tx, deleted) =>
    suspendShares(tx, actor, deleted, true),
  );

/** Takes conversations out of the trash. Gives those that were there still. */
export const restoreConversations = (actor: Actor, ids: readonly string[]): Promise<string[]> =>
  // Announced again if it must leave: whoever takes it back is not to see it go at once.
  change(actor, ids, inTrashOf(actor), { deletedAt: null, announcedAt: null }, (tx, restored) =>
    suspendShares(tx, actor, restored, false),
  );

/** Out of the list, or in it again. One that is archived already keeps its date. Gives those that changed. */
export const archiveConversations = (actor: Actor, ids: readonly string[]): Promise<string[]> =>
  change(actor, ids, and(keptBy(actor), isNull(conversations.archivedAt)), { archivedAt: sql`now()` });

export const unarchiveConversations = (actor: Actor, ids: readonly string[]): Promise<string[]> =>
  change(actor, ids, and(keptBy(actor), isNotNull(conversations.archivedAt)), { archivedAt: null });

/** On top of the list, and kept whatever its age; or not. Throws `pins_too_many`. */
export async function pinConversation(
  actor: Actor,
  { id, isPinned }: { id: string; isPinned: boolean },
): Promise<void> {
  if (!isPinned) return requireOne(await change(actor, [id], keptBy(actor), { pinnedAt: null }));
  await asMember(actor.agentId, async (tx) => {
    if (!(await hasRoomForPin(tx, actor, id))) throw new AppError("pins_too_many", { details: { max: PINNED_MAX } });
    const changed = await tx
      .update(conversations)
      // Announced again, with its delay, when it is no longer pinned.
      .set({ pinnedAt: sql`coalesce(${conversations.pinnedAt}, now())`, announcedAt: null })
      .where(and(keptBy(actor), eq(conversations.id, id)))
      .returning({ id: conversations.id });
    if (changed.length === 0) await refuseTemporary(tx, actor, [id]);
    requireOne(changed);
  });
}

/** Whether this one may be pinned too; pins are counted one after the other. */
export async function hasRoomForPin(tx: Transaction, actor: Actor, id: string): Promise<boolean> {
  await holdName(tx, `pins ${actor.agentId}`);
  const others = and(keptBy(actor), isNotNull(conversations.pinnedAt), ne(conversations.id, id));
  return (await tx.$count(conversations, others)) < PINNED_MAX;
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

/** Shows a branch that goes through a message, unless the one that is shown does. Throws `message_not_found`. */
export async function showMessage(actor: Actor, place: Place): Promise<void> {
  const height = await findHeight(actor, place.conversationId, { fromId: place.messageId });
  if (height === null) await showBranch(actor, place);
}

/** Copies the branch that ends with an answer into a new conversation, whose identifier it gives. Throws `message_not_found`. */
export async function forkConversation(actor: Actor, { conversationId, messageId }: Place): Promise<string> {
  return asMember(actor.agentId, async (tx) => {
    const [source] = await tx
      .select({
        title: conversations.title,
        titleSource: conversations.titleSource,
        projectId: conversations.projectId,
      })
      .from(conversations)
      .where(and(keptBy(actor), eq(conversations.id, conversationId)));
    if (!source) await refuseTemporary(tx, actor, [conversationId]);
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
    await copyAttached(tx, actor, { conversationId: id, copies });
    await indexTurns(tx, actor.agentId, await copyTurns(tx, actor, { to: id, copies }));
    return id;
  });
}

async function copyTurns(
  tx: Transaction,
  actor: Actor,
  { to, copies }: { to: string; copies: ReadonlyMap<string, string> },
): Promise<string[]> {
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
  return rows.map(({ id }) => id);
}

type Change = PgUpdateSetSource<typeof conversations>;

/**
 * One statement, hence all or none: what another tab did meanwhile is read again row by row. Gives the rows that it changed;
 * `also` follows them, in the same transaction.
 */
function change(
  actor: Actor,
  ids: readonly string[],
  isMeant: SQL | undefined,
  changed: Change,
  also?: (tx: Transaction, changedIds: readonly string[]) => Promise<void>,
): Promise<string[]> {
  return asMember(actor.agentId, async (tx) => {
    const rows = await tx
      .update(conversations)
      .set(changed)
      .where(and(isMeant, inArray(conversations.id, [...ids])))
      .returning({ id: conversations.id });
    const changedIds = rows.map(({ id }) => id);
    if (changedIds.length > 0) await also?.(tx, changedIds);
    else await refuseTemporary(tx, actor, ids);
    return changedIds;
  });
}

function requireOne(changed: readonly unknown[]): void {
  if (changed.length === 0) throw new AppError("conversation_not_found");
}
