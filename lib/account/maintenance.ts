import "server-only";
import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { asMaintenance } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { accountErasures, purges } from "@/db/schema/erasures";
import { newId } from "@/lib/id";
import { RECEIPT_DAYS } from "./rules";

/** Longer than most take: the process that began one may have died. */
const LEFT_AFTER_SECONDS = 60;
const AT_ONCE = 10;

/** Removes the account itself: nothing says any more whose receipt it is. */
export async function finishErasure(agentId: string, number: string): Promise<void> {
  await asMaintenance(async (tx) => {
    const [finished] = await tx
      .update(accountErasures)
      .set({ finishedAt: sql`now()` })
      .where(
        and(eq(accountErasures.id, number), eq(accountErasures.agentId, agentId), isNull(accountErasures.finishedAt)),
      )
      .returning();
    if (!finished) return;
    const { conversations, messages, documents, files } = finished;
    await tx.delete(agents).where(eq(agents.id, agentId));
    await tx.insert(purges).values({ id: newId(), kind: "account", conversations, messages, documents, files });
  });
}

/** Those that nobody seems to be working on any more. */
export function listUnfinishedErasures(): Promise<{ number: string; agentId: string }[]> {
  const since = sql`now() - make_interval(secs => ${LEFT_AFTER_SECONDS})`;
  return asMaintenance((tx) =>
    tx
      .select({ number: accountErasures.id, agentId: sql<string>`${accountErasures.agentId}` })
      .from(accountErasures)
      .where(
        and(
          isNull(accountErasures.finishedAt),
          isNotNull(accountErasures.agentId),
          lt(accountErasures.requestedAt, since),
        ),
      )
      .limit(AT_ONCE),
  );
}

/** Receipts are kept for a while. Gives how many were removed. */
export async function purgeReceipts(): Promise<number> {
  const before = sql`now() - make_interval(days => ${RECEIPT_DAYS})`;
  const gone = await asMaintenance((tx) =>
    tx
      .delete(accountErasures)
      .where(and(isNotNull(accountErasures.finishedAt), lt(accountErasures.finishedAt, before)))
      .returning({ id: accountErasures.id }),
  );
  return gone.length;
}
