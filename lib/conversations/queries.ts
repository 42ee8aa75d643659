import "server-only";
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations, messages, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { modelInfo } from "@/lib/providers/llm";
import {
  CONVERSATIONS_PER_PAGE,
  findCursor,
  latestThatFit,
  MESSAGES_PER_SCREEN,
  toCursor,
  toTurnSummary,
} from "./rules";
import { type ConversationPage, type ConversationSummary, messageParts, type StoredMessage } from "./schema";

/** How far up a branch is read: beyond, the oldest messages of a conversation are neither shown nor sent. */
const BRANCH_MESSAGES_MAX = 400;

const LATEST_ANSWERS = 20;

const summary = {
  id: conversations.id,
  title: conversations.title,
  usedAt: conversations.usedAt,
  hasUnseenAnswer: conversations.hasUnseenAnswer,
  // Names written out: within a template, drizzle drops the table's name, and "id" would be the turn's.
  isRunning: sql<boolean>`exists (
    select from turns running where running.conversation_id = conversations.id and running.status = 'running')`,
};

const turnColumns = {
  id: turns.id,
  status: turns.status,
  failureCode: turns.failureCode,
  modelLabel: turns.modelLabel,
  isTruncated: turns.isTruncated,
  hostingLabel: turns.hostingLabel,
  requestedModelId: turns.requestedModelId,
  inputTokens: turns.inputTokens,
  outputTokens: turns.outputTokens,
  co2GramsMin: turns.co2GramsMin,
  co2GramsMax: turns.co2GramsMax,
  co2Source: turns.co2Source,
  startedAt: turns.startedAt,
  firstTokenAt: turns.firstTokenAt,
  endedAt: turns.endedAt,
};

export const visibleTo = (actor: Actor): SQL | undefined =>
  and(eq(conversations.ownerId, actor.agentId), isNull(conversations.deletedAt));

/** The most recently used first. A cursor that is not ours starts from the first page. */
export async function listConversations(actor: Actor, cursor?: string): Promise<ConversationPage> {
  const after = cursor ? findCursor(cursor) : null;
  const older =
    after && sql`(${conversations.usedAt}, ${conversations.id}) < (${after.usedAt}::timestamptz, ${after.id}::uuid)`;
  const rows = await asMember(actor.agentId, (tx) =>
    tx
      // The cursor keeps the microseconds that a JavaScript date would drop.
      .select({ ...summary, position: sql<string>`${conversations.usedAt}::text` })
      .from(conversations)
      .where(and(visibleTo(actor), older ?? undefined))
      .orderBy(desc(conversations.usedAt), desc(conversations.id))
      .limit(CONVERSATIONS_PER_PAGE + 1),
  );
  const page = rows.slice(0, CONVERSATIONS_PER_PAGE);
  const last = page.at(-1);
  return {
    conversations: page.map(({ position: _, ...conversation }) => conversation),
    nextCursor: last && rows.length > page.length ? toCursor({ usedAt: last.position, id: last.id }) : null,
  };
}

export async function getConversation(actor: Actor, id: string): Promise<ConversationSummary> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select(summary)
      .from(conversations)
      .where(and(visibleTo(actor), eq(conversations.id, id))),
  );
  if (!found) throw new AppError("conversation_not_found");
  return found;
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

/** The end of the branch that is shown: what a conversation opens with. */
export const listLatestMessages = async (actor: Actor, id: string): Promise<StoredMessage[]> =>
  latestThatFit(await listShownMessages(actor, id, MESSAGES_PER_SCREEN));

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

/** What comes just before a message in its branch, the oldest first; nothing before the first one. */
export async function listMessagesBefore(
  actor: Actor,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<StoredMessage[]> {
  return asMember(actor.agentId, async (tx) => {
    const [message] = await tx
      .select({ parentId: messages.parentId })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversationId))
      .where(and(visibleTo(actor), eq(conversations.id, conversationId), eq(messages.id, messageId)));
    if (!message) throw new AppError("message_not_found");
    if (!message.parentId) return [];
    return latestThatFit(await listBranchAmongOthers(tx, actor, conversationId, message.parentId, MESSAGES_PER_SCREEN));
  });
}

/** From the root to `leafId`, inside one conversation of the actor's, with the other branches one can go to. */
async function listBranchAmongOthers(
  tx: Transaction,
  actor: Actor,
  conversationId: string,
  leafId: string,
  limit?: number,
): Promise<StoredMessage[]> {
  const [branch, forks] = await Promise.all([
    listBranch(tx, actor, conversationId, leafId, limit),
    listForks(tx, actor, conversationId),
  ]);
  return branch.map((message) => ({ ...message, siblings: forks.find((ids) => ids.includes(message.id)) ?? [] }));
}

/** From the root to `leafId`, inside one conversation of the actor's; as if there were no other branch. */
export async function listBranch(
  tx: Transaction,
  actor: Actor,
  conversationId: string,
  leafId: string,
  limit = BRANCH_MESSAGES_MAX,
): Promise<StoredMessage[]> {
  const branch = sql`(
    with recursive branch as (
      select id, parent_id, 1 as height from ${messages}
        where id = ${leafId} and conversation_id = ${conversationId} and owner_id = ${actor.agentId}
      union all
      select parent.id, parent.parent_id, branch.height + 1 from branch
        join ${messages} parent on parent.id = branch.parent_id and parent.owner_id = ${actor.agentId}
        where branch.height < ${limit}
    ) select id, height from branch) as branch`;
  const rows = await tx
    .select({
      id: messages.id,
      parentId: messages.parentId,
      author: messages.author,
      parts: messages.parts,
      createdAt: messages.createdAt,
      turn: turnColumns,
    })
    .from(messages)
    .innerJoin(branch, sql`branch.id = ${messages.id}`)
    .leftJoin(turns, eq(turns.answerId, messages.id))
    .where(eq(messages.ownerId, actor.agentId))
    .orderBy(sql`branch.height desc`);
  return rows.map((row) => ({
    ...row,
    parts: messageParts.parse(row.parts),
    turn: row.turn && toTurnSummary(row.turn, (id) => modelInfo(id)?.label ?? id),
    siblings: [],
  }));
}

/**
 * The places where a conversation has several branches: the messages that follow the same one, in the order they were
 * written. An answer whose text lives on in its continuation is left out, unless something was asked after it.
 */
async function listForks(tx: Transaction, actor: Actor, conversationId: string): Promise<string[][]> {
  const isSuperseded = sql`exists (select from ${turns} next where next.continues_id = ${messages.id}
    and next.owner_id = ${actor.agentId}) and not exists (select from ${messages} child where child.parent_id = ${messages.id})`;
  const rows = await tx
    .select({ ids: sql<string[]>`array_agg(${messages.id}::text order by ${messages.createdAt}, ${messages.id})` })
    .from(messages)
    .where(
      and(eq(messages.ownerId, actor.agentId), eq(messages.conversationId, conversationId), sql`not (${isSuperseded})`),
    )
    .groupBy(messages.parentId)
    .having(sql`count(*) > 1`);
  return rows.map(({ ids }) => ids);
}
