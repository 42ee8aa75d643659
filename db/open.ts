import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import type { ConstructorOptions } from "pg-boss";
import { holdFolder } from "./folder-lock.ts";

export type Database = PgDatabase<PgQueryResultHKT>;

/** In whose name a transaction speaks. */
export type Identity = { role: string; actorId: string };

export type Transactions = {
  /** One transaction. When `work` is one statement of Drizzle, given and not waited for, it takes one round trip. */
  transaction: <T>(identity: Identity, work: (tx: Database) => PromiseLike<T>) => Promise<T>;
  /** One transaction of statements that are known beforehand, each in its own name. */
  sendAll: (statements: readonly { identity: Identity; statement: SQL }[]) => Promise<void>;
};

export type OpenDatabase = Transactions & {
  engine: "pglite" | "postgres";
  /** As the role that opened it. */
  db: Database;
  /** How the queue of jobs, which is the same database, is reached. */
  jobs: Pick<ConstructorOptions, "db" | "backend" | "connectionString" | "max">;
  close: () => Promise<void>;
};

/**
 * Opens the embedded database in `folder`, which this process then holds alone: PGlite has no lock of its own, and two
 * processes on one folder lose rows silently. Throws `FolderInUseError` when another process holds it.
 */
export async function openEmbedded(folder: string): Promise<OpenDatabase> {
  const release = await holdFolder(folder);
  try {
    const [{ PGlite }, { btree_gin }, { fromPglite }] = await Promise.all([
      import("@electric-sql/pglite"),
      import("@electric-sql/pglite/contrib/btree_gin"),
      import("pg-boss"),
    ]);
    // What the migrations create with CREATE EXTENSION has to be there at each opening.
    const client = await PGlite.create(folder, { extensions: { btree_gin } });
    const db = drizzlePglite(client) as unknown as Database;
    const take = (tx: Database, { role, actorId }: Identity) =>
      tx.execute(sql`select set_config('role', ${role}, true), set_config('app.actor', ${actorId}, true)`);
    return {
      engine: "pglite",
      jobs: { db: fromPglite(client), backend: "pglite" },
      db,
      transaction: (identity, work) =>
        db.transaction(async (tx) => {
          await take(tx, identity);
          return work(tx);
        }),
      sendAll: (statements) =>
        db.transaction(async (tx) => {
          for (const { identity, statement } of statements) {
            await take(tx, identity);
            await tx.execute(statement);
          }
        }),
      close: async () => {
        await client.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

const RECONNECT_SECONDS = 0.5;

/** `connections`: how many transactions may run at once. */
export async function openPostgres(url: string, { connections = 10 } = {}): Promise<OpenDatabase> {
  const [{ default: postgres }, { createPool }] = await Promise.all([import("postgres"), import("./pool.ts")]);
  // The library would wait longer after each failure, up to 20 s: a service must be back when its database is.
  const options = { onnotice: () => {}, connect_timeout: 10, backoff: () => RECONNECT_SECONDS };
  const client = postgres(url, { ...options, max: 1 });
  const { close, ...transactions } = createPool(url, connections, options);
  return {
    engine: "postgres",
    // Its own few connections: one listens, and the product's must not be waited for.
    jobs: { connectionString: url, max: 3 },
    db: drizzlePostgres(client) as unknown as Database,
    ...transactions,
    close: async () => {
      await Promise.all([close(), client.end({ timeout: 5 })]);
    },
  };
}
