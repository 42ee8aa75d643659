import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { APP_PORT, MODEL_PORT } from "./addresses";
import { test as journey } from "./journey";

const SERVER = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/test";
/** Apart from the ports of the server that the other journeys share. */
const PORT = APP_PORT + 5;
const READY_MS = 120_000;

export const isPostgresThere = await answers();

export type OwnServer = { url: string; sql: postgres.Sql };

/** Journeys in an application of their own, on PostgreSQL, whose rows they may write: what is stored can be any answer. */
export const test = journey.extend<object, { server: OwnServer }>({
  baseURL: async ({ server }, use) => use(server.url),
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what is asked for in the pattern
    async ({}, use) => {
      const { server, close } = await start();
      await use(server);
      await close();
    },
    { scope: "worker", timeout: READY_MS },
  ],
});

async function answers(): Promise<boolean> {
  const client = postgres(SERVER, { max: 1, connect_timeout: 3, onnotice: () => {} });
  try {
    await client`select 1`;
    return true;
  } catch {
    return false; // no server here: the journeys say so
  } finally {
    await client.end();
  }
}

async function start(): Promise<{ server: OwnServer; close: () => Promise<void> }> {
  const owner = postgres(SERVER, { max: 1, onnotice: () => {} });
  const name = `assistant_journey_${randomUUID().replaceAll("-", "")}`;
  const folder = mkdtempSync(join(tmpdir(), "assistant-journey-"));
  await owner.unsafe(`create database ${name}`);
  const asOwner = new URL(SERVER);
  asOwner.pathname = `/${name}`;
  const asApplication = new URL(asOwner);
  asApplication.username = name;
  asApplication.password = name;

  const url = `http://localhost:${PORT}`;
  const variables = {
    PORT: String(PORT),
    DATA_DIR: folder,
    DATABASE_URL: asApplication.href,
    MIGRATION_DATABASE_URL: asOwner.href,
    LLM_BASE_URL: `http://127.0.0.1:${MODEL_PORT}/v1`,
    LLM_API_KEY: "cle-d-essai",
    LLM_MODEL: "modele-d-essai",
    LLM_LABEL: "Modèle d’essai",
    LIMIT_AGENT_MESSAGES_PER_MINUTE: "0",
  };
  const migration = run("scripts/migrate.ts", variables);
  await once(migration.child, "exit");
  const application = run("scripts/start.ts", variables);
  await untilReady(url, application);
  const sql = postgres(asOwner.href, { max: 1, onnotice: () => {} });

  return {
    server: { url, sql },
    close: async () => {
      application.child.kill("SIGTERM");
      if (application.child.exitCode === null) await once(application.child, "exit");
      await sql.end();
      await owner.unsafe(`drop database ${name} with (force)`);
      await owner.unsafe(`drop role if exists ${name}`);
      await owner.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Running = { child: ChildProcess; printed: () => string };

function run(script: string, variables: Record<string, string>): Running {
  const flags = ["--import", "./scripts/require-node.mjs", "--conditions=react-server"];
  const child = spawn(process.execPath, [...flags, script], { env: { ...process.env, ...variables } });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => (printed += bytes));
  return { child, printed: () => printed };
}

async function untilReady(url: string, { child, printed }: Running): Promise<void> {
  for (const end = Date.now() + READY_MS; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const isReady = await fetch(`${url}/api/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (child.exitCode !== null || Date.now() > end) throw new Error(`the application is not ready:\n${printed()}`);
  }
}
