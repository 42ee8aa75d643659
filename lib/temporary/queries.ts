import "server-only";
import { and, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { conversations, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { visibleTo } from "@/lib/conversations/queries";
import { AppError } from "@/lib/errors/app-error";
import { LIFE_HOURS } from "./rules";

/** When what begins now ends at the latest. */
export const wholeLife: SQL<Date> = sql<Date>`now() + make_interval(hours => ${LIFE_HOURS})`;

/** When a conversation ends that is being looked at; null for one that is kept. */
export const restOfLife: SQL<Date | null> = sql<Date | null>`case when ${conversations.expiresAt} is not null
  then ${conversations.createdAt} + make_interval(hours => ${LIFE_HOURS}) end`;

export const temporaryOf = (actor: Actor): SQL | undefined => and(visibleTo(actor), isNotNull(conversations.expiresAt));

/**
 * For what is done with kept conversations only, once none was found: throws `conversation_temporary` when a temporary one was
 * meant.
 */
export async function refuseTemporary(tx: Transaction, actor: Actor, ids: readonly string[]): Promise<void> {
  const isMeant = and(temporaryOf(actor), inArray(conversations.id, [...ids]));
  if ((await tx.$count(conversations, isMeant)) > 0) throw new AppError("conversation_temporary");
}

export async function listRunningTurnIds(tx: Transaction, ownerId: string, conversationId: string): Promise<string[]> {
  const running = await tx
    .select({ id: turns.id })
    .from(turns)
    .where(and(eq(turns.ownerId, ownerId), eq(turns.conversationId, conversationId), eq(turns.status, "running")));
  return running.map(({ id }) => id);
}
