import "server-only";
import { and, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { asMember } from "@/db/client";
import { conversations, messages } from "@/db/schema/conversations";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { listBranchAmongOthers } from "@/lib/branches/queries";
import { AppError } from "@/lib/errors/app-error";
import { latestEnd } from "@/lib/temporary/rules";
import { CONVERSATIONS_PER_PAGE, findCursor, latestThatFit, MESSAGES_PER_SCREEN, PINNED_MAX, toCursor } from "./rules";
import type { ConversationPage, ConversationSummary, OpenedConversation, StoredMessage, StoredPage } from "./schema";

const LATEST_ANSWERS = 20;

/** How far up a branch a message is looked for, to be opened at. */
const PLACE_MESSAGES_MAX = 2_000;

const summary = {
  id: conversations.id,
  title: conversations.title,
  usedAt: conversations.usedAt,
  hasUnseenAnswer: conversations.hasUnseenAnswer,
  isPinned: sql<boolean>`${conversations.pinnedAt} is not null`,
  projectId: conversations.projectId,
  // Names written out: within a template, drizzle drops the table's name, and "id" would be the turn's.
  isRunning: sql<boolean>`exists (
    select from turns running where running.conversation_id = conversations.id and running.status = 'running')`,
};

const isOver = sql`${conversations.expiresAt} <= now()`;

/** Neither deleted nor, if it is temporary, over. */
export const visibleTo = (actor: Actor): SQL | undefined =>
  and(eq(conversations.ownerId, actor.agentId), isNull(conversations.deletedAt), sql`${isOver} is not true`);

/** What is listed, found again, shared or exported with the rest: never a temporary one. */
export const keptBy = (actor: Actor): SQL | undefined =>
  and(eq(conversations.ownerId, actor.agentId), isNull(conversations.deletedAt), isNull(conversations.expiresAt));

export const inTrashOf = (actor: Actor): SQL | undefined =>
  and(eq(conversations.ownerId, actor.agentId), isNotNull(conversations.deletedAt));

/**
 * Those of the sidebar that are neither pinned nor in a project, the most recently used first. A cursor that is not ours starts
 * from the first page.
 */
export const listConversations = async (actor: Actor, cursor?: string): Promise<ConversationPage> =>
  listUsed(actor, and(isNull(conversations.pinnedAt), isNull(conversations.projectId)), cursor);

/** Those of a project, pinned ones included, as `listConversations` lists the others. */
export const listProjectConversations = async (
  actor: Actor,
  projectId: string,
  cursor?: string,
): Promise<ConversationPage> => listUsed(actor, eq(conversations.projectId, projectId), cursor);

async function listUsed(actor: Actor, isMeant: SQL | undefined, cursor?: string): Promise<ConversationPage> {
  const isListed = and(keptBy(actor), isNull(conversations.archivedAt), isMeant);
  const { page, nextCursor } = await readPage(conversations.usedAt, cursor, (where, order, at) =>
    asMember(actor.agentId, (tx) =>
      tx
        .select({ ...summary, position: at })
        .from(conversations)
        .where(and(isListed, where))
        .orderBy(...order)
        .limit(CONVERSATIONS_PER_PAGE + 1),
    ),
  );
  return { conversations: page, nextCursor };
}

/** Those on top of the sidebar, the last one pinned first. */
export const listPinned = (actor: Actor): Promise<ConversationSummary[]> =>
  asMember(actor.agentId, (tx) =>
    tx
      .select(summary)
      .from(conversations)
      .where(and(keptBy(actor), isNull(conversations.archivedAt), isNotNull(conversations.pinnedAt)))
      .orderBy(desc(conversations.pinnedAt), desc(conversations.id))
      .limit(PINNED_MAX),
  );

/** The last one archived first. */
export const listArchived = (actor: Actor, cursor?: string): Promise<StoredPage> =>
  listStored(actor, and(keptBy(actor), isNotNull(conversations.archivedAt)), conversations.archivedAt, cursor);

/** A page of those that the sidebar does not list, sorted by when they left it. */
export async function listStored(
  actor: Actor,
  isListed: SQL | undefined,
  sortedBy: typeof conversations.archivedAt | typeof conversations.deletedAt,
  cursor: string | undefined,
): Promise<StoredPage> {
  const { page, nextCursor } = await readPage(sortedBy, cursor, (where, order, at) =>
    asMember(actor.agentId, (tx) =>
      tx
        .select({
          id: conversations.id,
          title: conversations.title,
          usedAt: conversations.usedAt,
          at: sortedBy,
          isPinned: summary.isPinned,
          projectId: conversations.projectId,
          position: at,
        })
        .from(conversations)
        .where(and(eq(conversations.ownerId, actor.agentId), isListed, where))
        .orderBy(...order)
        .limit(CONVERSATIONS_PER_PAGE + 1),
    ),
  );
  return { conversations: page.map(({ at, ...row }) => ({ ...row, at: at ?? row.usedAt })), nextCursor };
}

/** A page that begins after `cursor`, from the most recent on. */
async function readPage<Row extends { id: string; position: string }>(
  sortedBy: PgColumn,
  cursor: string | undefined,
  read: (after: SQL | undefined, order: SQL[], at: SQL<string>) => Promise<Row[]>,
): Promise<{ page: Omit<Row, "position">[]; nextCursor: string | null }> {
  const after = cursor ? findCursor(cursor) : null;
  const older = after
    ? sql`(${sortedBy}, ${conversations.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : undefined;
  // The cursor keeps the microseconds that a JavaScript date would drop.
  const rows = await read(older, [desc(sortedBy), desc(conversations.id)], sql<string>`${sortedBy}::text`);
  const page = rows.slice(0, CONVERSATIONS_PER_PAGE);
  const last = page.at(-1);
  return {
    page: page.map(({ position: _, ...row }) => row),
    nextCursor: last && rows.length > page.length ? toCursor({ at: last.position, id: last.id }) : null,
  };
}

export async function getConversation(actor: Actor, id: string): Promise<OpenedConversation> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        ...summary,
        webMode: conversations.webMode,
        project: { id: projects.id, title: projects.title, colour: projects.colour },
        archivedAt: conversations.archivedAt,
        announcedAt: conversations.announcedAt,
        expiresAt: conversations.expiresAt,
        createdAt: conversations.createdAt,
      })
      .from(conversations)
      .leftJoin(projects, and(eq(projects.id, conversations.projectId), eq(projects.ownerId, conversations.ownerId)))
      .where(and(visibleTo(actor), eq(conversations.id, id))),
  );
  if (!found) throw new AppError("conversation_not_found");
  const { archivedAt, expiresAt, createdAt, ...conversation } = found;
  return { ...conversation, isArchived: archivedAt !== null, endsAt: expiresAt && latestEnd(createdAt) };
}

/** The branch that is shown, from its first message to its last. */
export async function listShownMessages(actor: Actor, id: string, limit?: number): Promise<StoredMessage[]> {
  return asMember(actor.agentId, async (tx) => {
    const [conversation] = await tx
      .select({ leaf: conversations.shownLeafId })
      .from(conversations)
      .where(and(visibleTo(actor), eq(conversations.id, id)));
    if (!conversation) throw new AppError("conversation_not_found");
    return conversation.leaf ? listBranchAmongOthers(tx, actor, id, conversation.leaf, limit) : [];
  });
}

/**
 * The end of the branch that is shown: what a conversation opens with. It begins with what `fromId` answers when it is asked for
 * and is in that branch.
 */
export async function listLatestMessages(actor: Actor, id: string, fromId?: string): Promise<StoredMessage[]> {
  const height = fromId ? await findHeight(actor, id, { fromId }) : null;
  const least = (height ?? 0) + 1;
  const latest = await listShownMessages(actor, id, Math.max(MESSAGES_PER_SCREEN, least));
  return latest.slice(-Math.max(latestThatFit(latest).length, least));
}

/** How many messages there are from one of a branch down to `leafId`, itself included; to the end that is shown without it. */
export async function findHeight(
  actor: Actor,
  conversationId: string,
  { fromId, leafId }: { fromId: string; leafId?: string },
): Promise<number | null> {
  const shownLeaf = sql`(select shown_leaf_id from ${conversations} where id = ${conversationId} and ${visibleTo(actor)})`;
  const branch = sql`(
    with recursive branch as (
      select id, parent_id, 1 as height from ${messages}
        where id = ${leafId ?? shownLeaf} and conversation_id = ${conversationId} and owner_id = ${actor.agentId}
      union all
      select parent.id, parent.parent_id, branch.height + 1 from branch
        join ${messages} parent on parent.id = branch.parent_id and parent.owner_id = ${actor.agentId}
        where branch.id <> ${fromId} and branch.height < ${PLACE_MESSAGES_MAX}
    ) select height from branch where id = ${fromId}) as branch`;
  const [found] = await asMember(actor.agentId, (tx) => tx.select({ height: sql<number>`branch.height` }).from(branch));
  return found?.height ?? null;
}

/** The answers written last, whichever their branch, running ones included; enough for all that a browser may still follow. */
export async function listLatestAnswerIds(actor: Actor, id: string): Promise<string[]> {
  const rows = await asMember(actor.agentId, (tx) =>
    tx
      .select({ id: messages.id })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .where(and(visibleTo(actor), eq(conversations.id, id), eq(messages.author, "assistant")))
      .orderBy(desc(messages.createdAt), desc(messages.id))
      .limit(LATEST_ANSWERS),
  );
  return rows.map((row) => row.id);
}

/**
 * What comes just before a message in its branch, the oldest first; nothing before the first one. With `untilId`, all that comes
 * before, up to what that one answers.
 */
export async function listMessagesBefore(
  actor: Actor,
  { conversationId, messageId, untilId }: { conversationId: string; messageId: string; untilId?: string | undefined },
): Promise<StoredMessage[]> {
  const height = untilId ? await findHeight(actor, conversationId, { fromId: untilId, leafId: messageId }) : null;
  return asMember(actor.agentId, async (tx) => {
    const [message] = await tx
      .select({ parentId: messages.parentId })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .where(and(visibleTo(actor), eq(conversations.id, conversationId), eq(messages.id, messageId)));
    if (!message) throw new AppError("message_not_found");
    if (!message.parentId) return [];
    // The message itself is of that height, and is left out.
    if (height !== null) return listBranchAmongOthers(tx, actor, conversationId, message.parentId, height);
    return latestThatFit(await listBranchAmongOthers(tx, actor, conversationId, message.parentId, MESSAGES_PER_SCREEN));
  });
}
