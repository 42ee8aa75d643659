import "server-only";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import { migrate as migratePostgres } from "drizzle-orm/postgres-js/migrator";
import { migrateJobs } from "./jobs.ts";
import type { OpenDatabase } from "./open.ts";

const migrationsFolder = "db/migrations";

/** Brings the schema up to date. Needs a role that may create tables and roles: the owner's, not the application's. */
export async function migrate(database: OpenDatabase): Promise<void> {
  const { engine, db } = database;
  // Both migrators take the same database; only their type parameters differ.
  if (engine === "pglite") await migratePglite(db as never, { migrationsFolder });
  else await migratePostgres(db as never, { migrationsFolder });
  await migrateJobs(database);
}
