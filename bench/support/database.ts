import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import postgres from "postgres";

const SERVER_URL = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/test";

export type ThrowawayDatabase = { name: string; url: string; drop: () => Promise<void> };

/** A new database with the real migrations, for the application's own role; null when no PostgreSQL answers here. */
export async function createThrowawayDatabase(): Promise<ThrowawayDatabase | null> {
  const owner = postgres(SERVER_URL, { max: 1, connect_timeout: 3, onnotice: () => {} });
  const name = `assistant_bench_${randomBytes(6).toString("hex")}`;
  try {
    await owner.unsafe(`create database ${name}`);
  } catch {
    await owner.end();
    return null; // no server, or one that is not ours to use: the embedded database serves, and the table says so
  }
  const ownerUrl = Object.assign(new URL(SERVER_URL), { pathname: `/${name}` });
  const url = Object.assign(new URL(ownerUrl), { username: name, password: name }).href;
  const migrated = spawnSync(process.execPath, ["--conditions=react-server", "scripts/migrate.ts"], {
    env: { ...process.env, MIGRATION_DATABASE_URL: ownerUrl.href, DATABASE_URL: url },
    encoding: "utf8",
  });
  const drop = async () => {
    await owner.unsafe(`drop database if exists ${name} with (force)`);
    await owner.unsafe(`drop role if exists ${name}`);
    await owner.end();
  };
  if (migrated.status !== 0) {
    await drop();
    throw new Error(`the migrations failed: ${migrated.stderr}`);
  }
  return { name, url, drop };
}
