import "server-only";
import { lte, sql } from "drizzle-orm";
import { asMaintenance } from "@/db/client";
import { shares } from "@/db/schema/shares";

/** Forgets what expired links showed. Returns how many. */
export async function purgeExpiredShares(): Promise<number> {
  const purged = await asMaintenance((tx) =>
    tx.delete(shares).where(lte(shares.expiresAt, sql`now()`)).returning({ id: shares.id }),
  );
  return purged.length;
}
