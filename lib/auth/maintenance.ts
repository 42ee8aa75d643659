import "server-only";
import { lte, or } from "drizzle-orm";
import { asMaintenance } from "@/db/client";
import { sessions } from "@/db/schema/agents";

/** Long enough for the return from ProConnect's logout to find its state. */
export const ENDED_SESSION_KEPT_HOURS = 24;

/** Deletes the sessions that ended a day ago. Gives how many. */
export async function purgeEndedSessions(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - ENDED_SESSION_KEPT_HOURS * 60 * 60 * 1000);
  const purged = await asMaintenance((tx) =>
    tx
      .delete(sessions)
      .where(or(lte(sessions.expiresAt, before), lte(sessions.revokedAt, before)))
      .returning({ id: sessions.id }),
  );
  return purged.length;
}
