import "server-only";
import { and, lt, ne } from "drizzle-orm";
import { asMaintenance, asMember } from "@/db/client";
import { turns } from "@/db/schema/conversations";
import { reportFailure } from "@/lib/telemetry/report";
import { indexTurns, markIndexed } from "./mutations";
import { SEARCH_VERSION } from "./rules";

const AT_ONCE = 50;
/** What people wait for comes first: the rest is for the next sweep. */
const LASTS_MS = 1_000;

/**
 * Indexes what is not: turns that were interrupted, or ended by a version that had no index or another one. One that cannot be is
 * reported once, and left out.
 */
export async function indexForgottenTurns(): Promise<void> {
  for (const until = Date.now() + LASTS_MS; Date.now() < until; ) {
    const forgotten = await listForgottenTurns();
    for (const [ownerId, turnIds] of byOwner(forgotten)) await indexPatiently(ownerId, turnIds);
    if (forgotten.length < AT_ONCE) return;
  }
}

type Forgotten = { id: string; ownerId: string };

const listForgottenTurns = (): Promise<Forgotten[]> =>
  asMaintenance((tx) =>
    tx
      .select({ id: turns.id, ownerId: turns.ownerId })
      .from(turns)
      .where(and(ne(turns.status, "running"), lt(turns.searchVersion, SEARCH_VERSION)))
      .limit(AT_ONCE),
  );

function byOwner(forgotten: readonly Forgotten[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { id, ownerId } of forgotten) owners.set(ownerId, [...(owners.get(ownerId) ?? []), id]);
  return owners;
}

async function indexPatiently(ownerId: string, turnIds: readonly string[]): Promise<void> {
  try {
    await asMember(ownerId, async (tx) => indexTurns(tx, ownerId, turnIds));
  } catch (error) {
    if (turnIds.length > 1) {
      for (const turnId of turnIds) await indexPatiently(ownerId, [turnId]);
      return;
    }
    reportFailure(error, { operation: "sweep.index-turn" });
    await asMember(ownerId, async (tx) => markIndexed(tx, ownerId, turnIds));
  }
}
