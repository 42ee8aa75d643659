import "server-only";
import { and, eq, lt, sql } from "drizzle-orm";
import { asMaintenance } from "@/db/client";
import { turns } from "@/db/schema/conversations";

/** A running turn renews its heartbeat every `HEARTBEAT_SECONDS`; past `DEAD_AFTER_SECONDS` its process is gone. */
export const HEARTBEAT_SECONDS = 10;
const DEAD_AFTER_SECONDS = 40;

/** Ends the turns whose process died. Their text stays as it was last saved. Returns how many. */
export async function interruptDeadTurns(): Promise<number> {
  const oldest = sql`now() - make_interval(secs => ${DEAD_AFTER_SECONDS})`;
  const interrupted = await asMaintenance((tx) =>
    tx
      .update(turns)
      .set({ status: "interrupted", endedAt: sql`now()` })
      .where(and(eq(turns.status, "running"), lt(turns.heartbeatAt, oldest)))
      .returning({ id: turns.id }),
  );
  return interrupted.length;
}
