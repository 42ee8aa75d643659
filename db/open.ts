import "server-only";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { drizzle as drizzlePostgres } from "drizzle-orm/postgres-js";
import type { ConstructorOptions } from "pg-boss";
import type { Sql, TransactionSql } from "postgres";
import { holdFolder } from "./folder-lock.ts";

export type Database = PgDatabase<PgQueryResultHKT>;
export type OpenDatabase = {
  engine: "pglite" | "postgres";
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
    const [{ PGlite }, { fromPglite }] = await Promise.all([import("@electric-sql/pglite"), import("pg-boss")]);
    const client = await PGlite.create(folder);
    return {
      engine: "pglite",
      jobs: { db: fromPglite(client), backend: "pglite" },
      db: drizzlePglite(client) as unknown as Database,
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

/** `connections`: the size of the pool. */
export async function openPostgres(url: string, { connections = 10 } = {}): Promise<OpenDatabase> {
  const { default: postgres } = await import("postgres");
  const client = postgres(url, { max: connections, onnotice: () => {}, connect_timeout: 10 });
  return {
    engine: "postgres",
    // Its own few connections: one listens, and the product's must not be waited for.
    jobs: { connectionString: url, max: 3 },
    db: drizzlePostgres(preparing(client)) as unknown as Database,
    close: () => client.end({ timeout: 5 }),
  };
}

/**
 * Drizzle prepares nothing by itself: each statement would be parsed, described and planned anew, at the price of one more
 * round trip. `?prepare=false` in the URL keeps it so, for a pooler that knows no prepared statement.
 */
function preparing<T extends Sql | TransactionSql>(client: T): T {
  const { unsafe } = client;
  const prepared: typeof unsafe = (query, parameters, options) =>
    unsafe(query, parameters, { ...options, prepare: (parameters?.length ?? 0) > 0 });
  Object.assign(client, { unsafe: prepared });
  if ("begin" in client) {
    const { begin } = client;
    Object.assign(client, { begin: (work: (tx: TransactionSql) => unknown) => begin((tx) => work(preparing(tx))) });
  }
  return client;
}
