import "server-only";
import { join } from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { env } from "../lib/env.ts";
import { type Database, type OpenDatabase, openEmbedded, openPostgres } from "./open.ts";
import { holdDatabase } from "./process-lock.ts";

export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

// Next evaluates a module once for each of its bundles (pages, handlers, instrumentation): only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantDatabase?: Promise<OpenDatabase> | undefined };

/** Opens the database of this process, or gives the one already open. */
export function openDatabase(): Promise<OpenDatabase> {
  shared.assistantDatabase ??= open().catch((error) => {
    shared.assistantDatabase = undefined; // the next call tries again
    throw error;
  });
  return shared.assistantDatabase;
}

function open(): Promise<OpenDatabase> {
  const { DATABASE_URL, DATA_DIR } = env();
  return DATABASE_URL ? openPostgres(DATABASE_URL) : openEmbedded(join(DATA_DIR, "db"));
}

/**
 * Takes the place of a serving process on the database: alone, unless Redis lets several share what they do. The embedded
 * database is held by its folder. The function returned leaves the place; throws `DatabaseInUseError`.
 */
export async function holdPlace(onLost: () => void): Promise<() => Promise<void>> {
  const { DATABASE_URL, REDIS_URL } = env();
  return DATABASE_URL ? holdDatabase(DATABASE_URL, { alone: !REDIS_URL, onLost }) : async () => {};
}

/** For tests: makes `database` the one of this process. */
export function replaceDatabase(database: OpenDatabase | undefined): void {
  shared.assistantDatabase = database && Promise.resolve(database);
}

/** A transaction that sees and changes only what belongs to the agent `actorId`. */
export const asMember = <T>(actorId: string, work: (tx: Transaction) => Promise<T>): Promise<T> =>
  transactionAs("assistant_member", actorId, work);

/** A transaction that signs people in and checks sessions; it cannot see what people write. */
export const asGate = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
  transactionAs("assistant_gate", "", work);

/** A transaction for sweeps and purges; it sees states and dates, never content. */
export const asMaintenance = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
  transactionAs("assistant_maintenance", "", work);

async function transactionAs<T>(role: string, actorId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { db, engine } = await openDatabase();
  return db.transaction(async (tx) => {
    const identity = takeIdentity(tx, role, actorId);
    if (engine === "pglite") await identity;
    // PostgreSQL runs the statements of a connection in the order they are sent: the first of the work need not wait for
    // the answer, and would be refused if this one were.
    const [result] = await Promise.all([work(tx), identity]);
    return result;
  });
}

// set_config(…, true) is SET LOCAL: both end with the transaction, so nothing leaks to the connection's next user.
const takeIdentity = (tx: Transaction, role: string, actorId: string) =>
  tx.execute(sql`select set_config('role', ${role}, true), set_config('app.actor', ${actorId}, true)`).execute();

/** One transaction for many agents, in which each statement sees and changes only what belongs to its own. */
export async function asEachMember(statements: readonly { actorId: string; statement: SQL }[]): Promise<void> {
  const { db, engine } = await openDatabase();
  await db.transaction(async (tx) => {
    const sent: Promise<unknown>[] = [];
    for (const { actorId, statement } of statements) {
      sent.push(takeIdentity(tx, "assistant_member", actorId), tx.execute(statement).execute());
      if (engine === "pglite") await Promise.all(sent);
    }
    await Promise.all(sent);
  });
}

/** True when the database answers. */
export async function isDatabaseReachable(): Promise<boolean> {
  try {
    const { db } = await openDatabase();
    await db.execute(sql`select 1`);
    return true;
  } catch {
    return false; // the caller's question is exactly whether this fails
  }
}
