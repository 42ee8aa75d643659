import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const [initdb] = globSync("/usr/lib/postgresql/*/bin/initdb").sort().reverse();
const bin = initdb && dirname(initdb);
/** PostgreSQL refuses to run as root. */
const isRoot = userInfo().uid === 0;
const postgresUid = isRoot ? Number(spawnSync("id", ["-u", "postgres"], { encoding: "utf8" }).stdout) : 0;

export const canRunPostgres = bin !== undefined && (!isRoot || postgresUid > 0);
if (!canRunPostgres) {
  console.warn("\n*** There is no PostgreSQL server to start on this machine: its restart is NOT tested. ***\n");
}

/** A server of the test's own, that can be crashed and started again. Ends with the test. */
export async function aPrivatePostgres() {
  const folder = mkdtempSync(join(tmpdir(), "assistant-postgres-"));
  if (isRoot) chownSync(folder, postgresUid, postgresUid);
  const data = join(folder, "data");
  const port = await aFreePort();
  const run = (program: string, ...parameters: string[]) => {
    const command = [join(bin ?? "", program), ...parameters];
    const { status, stderr } = isRoot
      ? spawnSync("runuser", ["-u", "postgres", "--", ...command], {
          encoding: "utf8",
          cwd: folder,
          stdio: ["ignore", "ignore", "pipe"],
        })
      : spawnSync(command[0] ?? "", command.slice(1), { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  };
  const start = () =>
    run(
      "pg_ctl",
      "-D",
      data,
      "-w",
      "-l",
      join(folder, "log"),
      "-o",
      `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`,
      "start",
    );
  const crash = () => run("pg_ctl", "-D", data, "-m", "immediate", "stop");
  run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync");
  start();
  onTestFinished(() => {
    try {
      crash();
    } catch {
      // stopped already
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, start, crash };
}

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
