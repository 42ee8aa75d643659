import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { messages, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { toTurnSummary } from "@/lib/conversations/rules";
import { messageParts, type StoredMessage } from "@/lib/conversations/schema";
import { modelInfo } from "@/lib/providers/llm";

/** How far up a branch is read: beyond, the oldest messages of a conversation are neither shown nor sent. */
const BRANCH_MESSAGES_MAX = 400;

/** What is read of a turn, wherever its answer is shown. */
export const turnColumns = {
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

/** From the root to `leafId`, inside one conversation of the actor's, with the other branches one can go to. */
export async function listBranchAmongOthers(
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
