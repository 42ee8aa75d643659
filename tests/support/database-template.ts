import { cpSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Sql } from "postgres";
import { inject } from "vitest";
import { FolderInUseError, holdFolder } from "@/db/folder-lock";
import { migrate } from "@/db/migrate";
import { openEmbedded, openPostgres } from "@/db/open";

/*
 * An empty database with the real migrations, made once for a run of Vitest by the first suite that needs one: a copy takes a tenth of
 * the time.
 */

/** Puts an embedded database in the folder `to`, which is new. */
export async function copyEmbedded(to: string): Promise<void> {
  const { folder } = inject("databaseTemplate");
  const made = join(folder, "made");
  const release = await holdPatiently(join(folder, "embedded"));
  try {
    if (!existsSync(made)) await makeEmbedded(join(folder, "new"), made);
  } finally {
    release();
  }
  cpSync(made, to, { recursive: true });
}

async function makeEmbedded(folder: string, made: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true }); // of a suite that failed here
  const database = await openEmbedded(folder);
  await migrate(database);
  await database.close();
  renameSync(folder, made);
}

async function holdPatiently(folder: string): Promise<() => void> {
  for (;;) {
    try {
      return holdFolder(folder);
    } catch (error) {
      if (!(error instanceof FolderInUseError)) throw error;
      await wait(100);
    }
  }
}

/** Creates the database `name` on the server that `owner` is connected to, at `url`. */
export async function createCopy(owner: Sql, url: string, name: string): Promise<void> {
  const { name: template } = inject("databaseTemplate");
  await owner`select pg_advisory_lock(hashtext(${template}))`;
  try {
    const [made] = await owner`select from pg_database where datname = ${template}`;
    if (!made) await makeOnPostgres(owner, url, template);
  } finally {
    await owner`select pg_advisory_unlock(hashtext(${template}))`;
  }
  await owner.unsafe(`create database ${name} template ${template}`);
}

async function makeOnPostgres(owner: Sql, url: string, template: string): Promise<void> {
  const unfinished = `${template}_new`;
  await owner.unsafe(`drop database if exists ${unfinished} with (force)`); // of a suite that failed here
  await owner.unsafe(`create database ${unfinished}`);
  const target = new URL(url);
  target.pathname = `/${unfinished}`;
  const database = await openPostgres(target.href, { connections: 1 });
  await migrate(database);
  await database.close();
  await owner.unsafe(`alter database ${unfinished} rename to ${template}`);
}
