import "server-only";
import { lt, sql } from "drizzle-orm";
import { asMaintenance } from "@/db/client";
import { conversations } from "@/db/schema/conversations";

/** Longer than any deletion can be undone. */
const KEPT_AFTER_DELETION_SECONDS = 60;

/** Removes deleted conversations for good, with their messages and turns. Returns how many. */
export async function purgeDeletedConversations(): Promise<number> {
  const kept = sql`now() - make_interval(secs => ${KEPT_AFTER_DELETION_SECONDS})`;
  const purged = await asMaintenance((tx) =>
    tx.delete(conversations).where(lt(conversations.deletedAt, kept)).returning({ id: conversations.id }),
  );
  return purged.length;
}
