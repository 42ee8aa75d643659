import "server-only";
import { and, asc, count, isNotNull, isNull, sql } from "drizzle-orm";
import { asMember } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { inTrashOf, keptBy, listStored } from "@/lib/conversations/queries";
import type { StoredPage } from "@/lib/conversations/schema";
import { ANNOUNCED_DAYS, LEAVING_SHOWN_MAX, leavesAt } from "./rules";
import type { LeavingConversation } from "./schema";

/** The last one deleted first. */
export async function listTrash(actor: Actor, cursor?: string): Promise<StoredPage> {
  return listStored(actor, inTrashOf(actor), conversations.deletedAt, cursor);
}

export async function countTrash(actor: Actor): Promise<number> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx.select({ n: count() }).from(conversations).where(inTrashOf(actor)),
  );
  return found?.n ?? 0;
}

const isLeaving = (actor: Actor) =>
  and(
    keptBy(actor),
    isNull(conversations.pinnedAt),
    isNotNull(conversations.announcedAt),
    sql`${conversations.announcedAt} > ${conversations.usedAt}`,
  );

/** Those that go to the trash soon for want of use, archived ones included, the first to leave first. */
export async function listLeaving(actor: Actor, retentionMonths: number): Promise<LeavingConversation[]> {
  if (retentionMonths === 0) return [];
  const rows = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        id: conversations.id,
        title: conversations.title,
        usedAt: conversations.usedAt,
        announcedAt: conversations.announcedAt,
      })
      .from(conversations)
      .where(isLeaving(actor))
      .orderBy(asc(conversations.usedAt), asc(conversations.id))
      .limit(LEAVING_SHOWN_MAX),
  );
  return rows
    .flatMap(({ announcedAt, ...row }) => {
      const date = leavesAt({ ...row, announcedAt, isPinned: false }, retentionMonths);
      return date ? [{ ...row, leavesAt: date }] : [];
    })
    .sort((one, other) => one.leavesAt.getTime() - other.leavesAt.getTime());
}

/** How many leave soon, and when the first one does; null when none does. */
export async function summariseLeaving(
  actor: Actor,
  retentionMonths: number,
): Promise<{ count: number; first: Date } | null> {
  if (retentionMonths === 0) return null;
  const due = sql`greatest(${conversations.usedAt} + make_interval(months => ${retentionMonths}),
    ${conversations.announcedAt} + make_interval(days => ${ANNOUNCED_DAYS}))`;
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ n: count(), first: sql<string | null>`(extract(epoch from min(${due})) * 1000)::bigint::text` })
      .from(conversations)
      .where(isLeaving(actor)),
  );
  return found?.first ? { count: found.n, first: new Date(Number(found.first)) } : null;
}
