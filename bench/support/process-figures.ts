import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Linux counts CPU in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100;

type Stat = { pid: number; parent: number; cpuSeconds: number };

function readStat(pid: number): Stat | null {
  try {
    // The name, between parentheses, may hold anything: the fields are counted after it.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { pid, parent: Number(fields[1]), cpuSeconds: ticks / TICKS_PER_SECOND };
  } catch {
    return null; // it ended meanwhile
  }
}

function tree(root: number): Stat[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const found: Stat[] = all.filter(({ pid }) => pid === root);
  for (const member of found) found.push(...all.filter(({ parent }) => parent === member.pid));
  return found;
}

/** What a process and its children have used since they started. */
export const cpuSeconds = (root: number): number => tree(root).reduce((sum, stat) => sum + stat.cpuSeconds, 0);

/** The processes that one started. */
export const childPids = (root: number): number[] =>
  tree(root)
    .filter(({ parent }) => parent === root)
    .map(({ pid }) => pid);

/** The process that serves, among those that the launcher started. */
export function servingPid(launcher: number): number {
  const serving = tree(launcher).find(({ pid }) => commandOf(String(pid)).startsWith("next-server"));
  if (!serving) throw new Error("no process serves");
  return serving.pid;
}

/** Of one process, everything included. */
export const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1_024;

/** What the server processes of PostgreSQL that serve this database have used; 0 when they run elsewhere. */
export function databaseCpuSeconds(name: string | null): number {
  if (!name) return 0;
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && commandOf(pid).startsWith("postgres:") && commandOf(pid).includes(name))
    .reduce((sum, pid) => sum + (readStat(Number(pid))?.cpuSeconds ?? 0), 0);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // it ended meanwhile
  }
}

const folder = mkdtempSync(join(tmpdir(), "bench-memory-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** For the processes whose memory will be asked: they answer SIGUSR2. */
export const memoryVariables = {
  NODE_OPTIONS: `--import=${fileURLToPath(new URL("./collect-on-signal.mjs", import.meta.url))}`,
  BENCH_MEMORY_FOLDER: folder,
};

/** Bytes that a process and its children still hold once their garbage is collected. */
export async function heldBytes(root: number): Promise<number> {
  let sum = 0;
  for (const { pid } of tree(root)) {
    const file = join(folder, String(pid));
    rmSync(file, { force: true });
    process.kill(pid, "SIGUSR2");
    while (!existsSync(file) || readFileSync(file, "utf8") === "") await wait(20);
    sum += Number(readFileSync(file, "utf8"));
  }
  return sum;
}
