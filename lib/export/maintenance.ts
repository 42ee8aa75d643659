import "server-only";
import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { asMaintenance } from "@/db/client";
import { transfers } from "@/db/schema/transfers";
import { fileStorage } from "@/lib/providers/file-storage";

const AT_ONCE = 100;
const FORGOTTEN_AFTER_SECONDS = 60;

/** Removes what was kept long enough: its bytes first, so that one that cannot be removed is tried again. */
export async function purgeExpiredTransfers(): Promise<void> {
  const expired = await asMaintenance((tx) =>
    tx.select({ id: transfers.id }).from(transfers).where(lt(transfers.expiresAt, sql`now()`)).limit(AT_ONCE),
  );
  for (const { id } of expired) {
    await fileStorage().remove(id);
    await asMaintenance((tx) =>
      tx.delete(transfers).where(and(eq(transfers.id, id), lt(transfers.expiresAt, sql`now()`))),
    );
  }
}

/** Asked for a while ago and not finished: sending again the job of one that is being made changes nothing. */
export function listForgottenTransfers() {
  return asMaintenance((tx) =>
    tx
      .select({ ownerId: transfers.ownerId, transferId: transfers.id, kind: transfers.kind })
      .from(transfers)
      .where(
        and(
          inArray(transfers.state, ["waiting", "running"]),
          lt(transfers.createdAt, sql`now() - make_interval(secs => ${FORGOTTEN_AFTER_SECONDS})`),
        ),
      )
      .limit(AT_ONCE),
  );
}
