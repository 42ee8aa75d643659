import "server-only";
import { join } from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { env } from "../lib/env.ts";
import { withoutWords } from "./failure.ts";
import { type Database, type Identity, type OpenDatabase, openEmbedded, openPostgres } from "./open.ts";
import { holdDatabase } from "./process-lock.ts";

export type Transaction = Database;

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
export const asMember = <T>(actorId: string, work: (tx: Transaction) => PromiseLike<T>): Promise<T> =>
  transactionAs({ role: "assistant_member", actorId }, work);

/** A transaction that signs people in and checks sessions; it cannot see what people write. */
export const asGate = <T>(work: (tx: Transaction) => PromiseLike<T>): Promise<T> =>
  transactionAs({ role: "assistant_gate", actorId: "" }, work);

/** A transaction for sweeps and purges; it sees states and dates, never content. */
export const asMaintenance = <T>(work: (tx: Transaction) => PromiseLike<T>): Promise<T> =>
  transactionAs({ role: "assistant_maintenance", actorId: "" }, work);

async function transactionAs<T>(identity: Identity, work: (tx: Transaction) => PromiseLike<T>): Promise<T> {
  const { transaction } = await openDatabase();
  try {
    return await transaction(identity, work);
  } catch (error) {
    throw withoutWords(error);
  }
}

/** One transaction for many agents, in which each statement sees and changes only what belongs to its own. */
export async function asEachMember(statements: readonly { actorId: string; statement: SQL }[]): Promise<void> {
  const { sendAll } = await openDatabase();
  try {
    await sendAll(
      statements.map(({ actorId, statement }) => ({ identity: { role: "assistant_member", actorId }, statement })),
    );
  } catch (error) {
    throw withoutWords(error);
  }
}

/** Whoever gives the same name waits here until this transaction ends: what is counted before it is added stays true. */
export async function holdName(tx: Transaction, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
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
