import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, onTestFinished } from "vitest";
import { connectRedis, type Redis } from "@/lib/providers/redis";

export const TEST_REDIS_URL = process.env.TEST_REDIS_URL || "redis://127.0.0.1:6379";

const isRedisThere = await answers(TEST_REDIS_URL);
if (!isRedisThere) {
  console.warn(`\n*** Redis does not answer at TEST_REDIS_URL: the suites on Redis are NOT run. ***\n`);
}

const isServerInstalled = spawnSync("redis-server", ["--version"]).status === 0;
if (!isServerInstalled) {
  console.warn(
    `\n*** There is no redis-server on this machine: the suites that stop and restart it are NOT run. ***\n`,
  );
}

function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || 6379, timeout: 10_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false));
  });
}

/** Runs a suite when Redis answers; its keys must be its own. */
export const onRedis = (name: string, suite: () => void): void => {
  if (isRedisThere) describe(`${name} on Redis`, () => suite());
};

/** Runs a suite that starts and kills Redis servers of its own. */
export const onPrivateRedis = (name: string, suite: () => void): void => {
  if (isServerInstalled) describe(`${name} on a Redis of its own`, () => suite());
};

/** A connection as another process would have, closed with the test. */
export async function aRedis(url = TEST_REDIS_URL): Promise<Redis> {
  const redis = aRedisThatIsAway(url);
  await redis.untilReady(30_000);
  return redis;
}

/** A connection that nothing answers yet. */
export function aRedisThatIsAway(url: string): Redis {
  const redis = connectRedis(url);
  onTestFinished(() => redis.close());
  return redis;
}

export type PrivateRedis = { url: string; start: () => Promise<void>; kill: () => Promise<void> };

/** A server on a free port, started, that keeps nothing: killed, it comes back empty. Ends with the test. */
export async function aPrivateRedis(): Promise<PrivateRedis> {
  const port = await aFreePort();
  const folder = mkdtempSync(join(tmpdir(), "assistant-redis-"));
  let server: ChildProcess | undefined;
  const kill = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
  };
  const start = async () => {
    const options = { port, bind: "127.0.0.1", save: "", appendonly: "no", dir: folder };
    server = spawn(
      "redis-server",
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    for await (const line of server.stdout ?? []) if (String(line).includes("Ready to accept connections")) break;
  };
  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return { url: `redis://127.0.0.1:${port}`, start, kill };
}

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
