import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { SQL } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe } from "vitest";
import { replaceDatabase } from "@/db/client";
import { jobsGrants } from "@/db/jobs";
import { type OpenDatabase, openEmbedded, openPostgres } from "@/db/open";
import { TEST_DATABASE_URL } from "./addresses";
import { copyEmbedded, createCopy } from "./database-template";

export { TEST_DATABASE_URL };

export const isPostgresThere = await answers(TEST_DATABASE_URL);
if (!isPostgresThere) {
  console.warn(
    `\n*** PostgreSQL does not answer at TEST_DATABASE_URL: the PostgreSQL half of these suites is NOT run. ***\n`,
  );
}

async function answers(url: string): Promise<boolean> {
  const client = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    await client`select 1`;
    return true;
  } catch {
    return false; // no server here: said above
  } finally {
    await client.end();
  }
}

/** `url` is that of PostgreSQL, as the application is given it. */
type TestDatabase = { opened: OpenDatabase; url?: string; drop: () => Promise<void> };

async function embedded(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "assistant-test-"));
  await copyEmbedded(join(folder, "db"));
  // A suite ends before its engine, compiled a second time to be faster, has paid for that.
  setFlagsFromString("--liftoff-only");
  const opened = await openEmbedded(join(folder, "db"));
  return {
    opened,
    drop: async () => {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A new database with the real migrations, used through a login role that can only take the product's roles. */
export async function onPostgres(
  server = TEST_DATABASE_URL,
): Promise<Required<TestDatabase> & { asOwner: (statement: SQL) => Promise<unknown> }> {
  const owner = postgres(server, { max: 1, onnotice: () => {} });
  const name = `assistant_test_${randomUUID().replaceAll("-", "")}`;
  const url = (user: string) => {
    const target = new URL(server);
    target.pathname = `/${name}`;
    target.username = user;
    target.password = user === name ? name : target.password;
    return target.href;
  };
  await createCopy(owner, server, name);
  const asOwner = await openPostgres(url(new URL(server).username), { connections: 1 });
  await owner.unsafe(`create role ${name} login password '${name}' nosuperuser nobypassrls noinherit`);
  for (const grant of jobsGrants(name)) await asOwner.db.execute(grant);
  await owner.unsafe(`grant assistant_member, assistant_gate, assistant_maintenance to ${name}`);
  const opened = await openPostgres(url(name), { connections: 5 });
  return {
    opened,
    url: url(name),
    asOwner: async (statement) => asOwner.db.execute(statement),
    drop: async () => {
      await Promise.all([opened.close(), asOwner.close()]);
      await owner.unsafe(`drop database ${name} with (force)`);
      await owner.unsafe(`drop role ${name}`);
      await owner.end();
    },
  };
}

const engines = [
  ["PGlite", embedded] as const,
  ...(isPostgresThere ? [["PostgreSQL", () => onPostgres()] as const] : []),
];

/** Runs a suite on each engine, each with an empty database that the product's code then uses. */
export function onEachDatabase(suite: () => void): void {
  describe.each(engines)("on %s", (_name, make) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await make();
      replaceDatabase(database.opened);
    });
    afterAll(async () => {
      replaceDatabase(undefined);
      await database?.drop();
    });
    suite();
  });
}
