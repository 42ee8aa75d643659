import "server-only";
import { inArray, type SQL, sql } from "drizzle-orm";
import { asMaintenance, type Transaction } from "@/db/client";
import { conversations, messages } from "@/db/schema/conversations";
import { documents, messageDocuments } from "@/db/schema/documents";
import { purges } from "@/db/schema/erasures";
import { shares } from "@/db/schema/shares";
import { env } from "@/lib/env";
import { newId } from "@/lib/id";
import { ANNOUNCED_DAYS } from "./rules";

/** Each sweep does one batch: what is left waits for the next, and whoever writes meanwhile is not kept waiting. */
const AT_ONCE = 200;
/** A question that waits in a queue may still name a document that was deleted. */
const NAME_KEPT_DAYS = 1;

/** Removes for good what has been in the trash for `TRASH_DAYS`, with all that was written in it. Gives how many. */
export const purgeTrash = (): Promise<number> =>
  alone("purge", async (tx) => {
    const isDue = sql`deleted_at < now() - make_interval(days => ${env().TRASH_DAYS})`;
    const due = await idsOf(
      tx,
      sql`select id from ${conversations} where ${isDue} order by deleted_at limit ${AT_ONCE}`,
    );
    if (due.length === 0) return 0;
    const [written] = await tx
      .select({ n: sql<number>`count(${messages.conversationId})::int` })
      .from(messages)
      .where(sql`${messages.conversationId} in ${due}`);
    // Looked at again: its owner may have taken it out of the trash since.
    const gone = await idsOf(tx, sql`delete from ${conversations} where id in ${due} and ${isDue} returning id`);
    if (gone.length > 0)
      await tx
        .insert(purges)
        .values({ id: newId(), kind: "trash", conversations: gone.length, messages: written?.n ?? 0 });
    return gone.length;
  });

/** Removes the names of deleted documents that no conversation shows any more. Gives how many. */
export const purgeDocumentNames = (): Promise<number> =>
  alone("names", async (tx) => {
    const gone = await idsOf(
      tx,
      sql`delete from ${documents} where id in (
        select id from ${documents} where file_id is null and deleted_at < now() - make_interval(days => ${NAME_KEPT_DAYS})
          and not exists (select from ${messageDocuments} where ${messageDocuments.documentId} = ${documents.id})
          limit ${AT_ONCE}) returning id`,
    );
    if (gone.length > 0) await tx.insert(purges).values({ id: newId(), kind: "trash", documents: gone.length });
    return gone.length;
  });

/** Announces the conversations that will soon have been left unused for `RETENTION_MONTHS`. Pinned ones never are. */
export const announceUnused = (): Promise<number> =>
  retained((tx, months) => {
    const soon = sql`used_at < now() - make_interval(months => ${months}) + make_interval(days => ${ANNOUNCED_DAYS})`;
    return idsOf(
      tx,
      sql`update ${conversations} set announced_at = now() where id in (
        select id from ${conversations} where deleted_at is null and pinned_at is null and ${soon}
          and (announced_at is null or announced_at <= used_at) order by used_at limit ${AT_ONCE})
        and deleted_at is null and pinned_at is null and ${soon} returning id`,
    );
  });

/** Puts in the trash those that were announced long enough ago, and neither used nor pinned since. */
export const trashUnused = (): Promise<number> =>
  retained(async (tx, months) => {
    const isDue = sql`deleted_at is null and pinned_at is null and used_at < now() - make_interval(months => ${months})
      and announced_at > used_at and announced_at < now() - make_interval(days => ${ANNOUNCED_DAYS})`;
    const left = await idsOf(
      tx,
      sql`update ${conversations} set deleted_at = now() where id in (
        select id from ${conversations} where ${isDue} order by used_at limit ${AT_ONCE}) and ${isDue} returning id`,
    );
    if (left.length === 0) return left;
    await tx.update(shares).set({ isSuspended: true }).where(inArray(shares.conversationId, left));
    await tx.insert(purges).values({ id: newId(), kind: "retention", conversations: left.length });
    return left;
  });

async function retained(work: (tx: Transaction, months: number) => Promise<string[]>): Promise<number> {
  const { RETENTION_MONTHS } = env();
  if (RETENTION_MONTHS === 0) return 0;
  return alone("retention", async (tx) => (await work(tx, RETENTION_MONTHS)).length);
}

/** One process at a time: another one that comes meanwhile does nothing. */
function alone(what: string, work: (tx: Transaction) => Promise<number>): Promise<number> {
  return asMaintenance(async (tx) => {
    const [lock] = rowsOf<{ held: boolean }>(
      await tx.execute(sql`select pg_try_advisory_xact_lock(hashtextextended(${`trash ${what}`}, 0)) as held`),
    );
    return lock?.held ? work(tx) : 0;
  });
}

const idsOf = async (tx: Transaction, statement: SQL): Promise<string[]> =>
  rowsOf<{ id: string }>(await tx.execute(statement)).map(({ id }) => id);

/** The drivers give rows each in their own way. */
function rowsOf<Row>(result: unknown): Row[] {
  return Array.isArray(result) ? [...result] : (result as { rows: Row[] }).rows;
}
