import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";

/** Another process serves from this database, and the two would not share what they do. Its message is for the operator. */
export class DatabaseInUseError extends Error {
  override readonly name = "DatabaseInUseError";

  constructor(alone: boolean) {
    super(
      alone
        ? "Un autre processus de l’application utilise déjà cette base PostgreSQL : arrêtez-le, ou donnez le même REDIS_URL à chacun pour qu’ils partagent les réponses en cours."
        : "Un processus de l’application sans REDIS_URL utilise déjà cette base PostgreSQL : arrêtez-le, ou donnez-lui le même REDIS_URL.",
    );
  }
}

/** Any number will do, as long as nobody else locks it. */
const KEY = 1_634_956_149;
/** A process that was stopped needs a moment to let go. */
const PATIENCE_MS = 5_000;
/** After an absence of the database, how long the lock may stay with someone before it is theirs. */
const LOST_AFTER_MS = 15_000;
const RETRY_MS = 250;

export type HoldOptions = {
  /** True for a process that shares nothing: it must be the only one. Others may be several, but not beside such a one. */
  alone: boolean;
  /** The lock went to another process while the database was away. */
  onLost?: () => void;
};

/**
 * Says on the PostgreSQL of `url` that a process serves from it, until the function returned is called or the process ends. The
 * lock belongs to a connection of its own: there is no stale lock to guess about. Taken again when the database restarts.
 * Throws `DatabaseInUseError`.
 */
export async function holdDatabase(url: string, { alone, onLost }: HoldOptions): Promise<() => Promise<void>> {
  let isReleased = false;
  let held = await takePatiently(url, alone, PATIENCE_MS, () => void takeAgain());

  async function takeAgain(): Promise<void> {
    for (let refusedSince: number | null = null; !isReleased; await wait(RETRY_MS, undefined, { ref: false })) {
      try {
        held = await takePatiently(url, alone, 0, () => void takeAgain());
        if (isReleased) await held.end();
        return;
      } catch (error) {
        if (!(error instanceof DatabaseInUseError))
          refusedSince = null; // the database is away
        else refusedSince ??= Date.now();
        if (refusedSince && Date.now() - refusedSince > LOST_AFTER_MS) return onLost?.();
      }
    }
  }

  return async () => {
    isReleased = true;
    await held.end({ timeout: 1 });
  };
}

async function takePatiently(url: string, alone: boolean, patienceMs: number, onClosed: () => void) {
  for (const end = Date.now() + patienceMs; ; await wait(RETRY_MS)) {
    const held = await take(url, alone, onClosed);
    if (held) return held;
    if (Date.now() >= end) throw new DatabaseInUseError(alone);
  }
}

async function take(url: string, alone: boolean, onClosed: () => void): Promise<postgres.Sql | null> {
  let isHeld = false;
  const sql = postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    keep_alive: 10,
    onnotice: () => {},
    onclose: () => {
      if (!isHeld) return;
      isHeld = false;
      void sql.end({ timeout: 0 });
      onClosed();
    },
  });
  try {
    const [row] = alone
      ? await sql<{ held: boolean }[]>`select pg_try_advisory_lock(${KEY}) as held`
      : await sql<{ held: boolean }[]>`select pg_try_advisory_lock_shared(${KEY}) as held`;
    isHeld = row?.held === true;
  } finally {
    if (!isHeld) await sql.end({ timeout: 1 });
  }
  return isHeld ? sql : null;
}
