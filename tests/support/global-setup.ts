import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { TEST_DATABASE_URL } from "./addresses";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the databases that suites copy are made: the name of the one on PostgreSQL, the folder of the embedded one. */
    databaseTemplate: { name: string; folder: string };
  }
}

/** Names what database-template.ts makes during this run, and removes it after. */
export default function nameDatabaseTemplate(project: TestProject): () => Promise<void> {
  const name = `assistant_template_${randomUUID().replaceAll("-", "")}`;
  const folder = join(tmpdir(), name);
  mkdirSync(folder);
  project.provide("databaseTemplate", { name, folder });
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    const server = postgres(TEST_DATABASE_URL, { max: 1, connect_timeout: 3, onnotice: () => {} });
    await server.unsafe(`drop database if exists ${name} with (force)`).catch(() => {}); // there may be no server
    await server.end();
  };
}
