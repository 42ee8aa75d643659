import "server-only";
import { and, eq, lt, type SQL, sql } from "drizzle-orm";
import { asMaintenance, isDatabaseReachable, openDatabase } from "@/db/client";
import { turns } from "@/db/schema/conversations";
import { env } from "@/lib/env";

/** A running turn renews its heartbeat every `HEARTBEAT_SECONDS`; past `DEAD_AFTER_SECONDS` its process is gone. */
export const HEARTBEAT_SECONDS = 5;
const DEAD_AFTER_SECONDS = 20;

/** Slower, its answer came after an absence. */
const SLOW_ANSWER_MS = 2_000;
let answeringSince = Number.NEGATIVE_INFINITY;

/**
 * False during and just after an absence of the database: no process could say then that it lived. To be asked at each sweep.
 */
export async function isHeartbeatTrusted(): Promise<boolean> {
  const askedAt = performance.now();
  const isThere = await isDatabaseReachable();
  const now = performance.now();
  if (!isThere || now - askedAt > SLOW_ANSWER_MS) answeringSince = now;
  return now - answeringSince > DEAD_AFTER_SECONDS * 1_000;
}

/** Ends the turns whose process died. Their text stays as it was last saved. Gives their identifiers. */
export function interruptDeadTurns(): Promise<string[]> {
  return interrupt(lt(turns.heartbeatAt, sql`now() - make_interval(secs => ${DEAD_AFTER_SECONDS})`));
}

/** Ends every running turn: for a process that starts alone on its database (`holdPlace`), whoever ran them is dead. */
export async function interruptAllTurns(): Promise<string[]> {
  const { engine } = await openDatabase();
  return engine === "pglite" || !env().REDIS_URL ? interrupt() : [];
}

async function interrupt(condition?: SQL): Promise<string[]> {
  const interrupted = await asMaintenance((tx) =>
    tx
      .update(turns)
      .set({ status: "interrupted", endedAt: sql`now()` })
      .where(and(eq(turns.status, "running"), condition))
      .returning({ id: turns.id }),
  );
  return interrupted.map(({ id }) => id);
}
