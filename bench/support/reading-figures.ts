import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createReadingPool } from "../../lib/extraction/reading-pool.ts";
import { childPids, cpuSeconds } from "./process-figures.ts";

type ReadingFigures = {
  file: string;
  pages: number;
  ms: number;
  "pages per CPU second": number;
  "MB at most": number;
  "event loop of the server, p99": string;
  pdftotext: string;
};

const PDFTOTEXT = "pdftotext";
const MEGABYTE = 1_048_576;
const NANOSECONDS_PER_MS = 1e6;
const WARM_BYTES_MAX = 300_000;

/** What reading these files costs to a process that has read some already, and to the event loop of the one that asks. */
export async function readAlone(files: Record<string, Uint8Array>, folder: string | undefined) {
  const made = mkdtempSync(join(tmpdir(), "bench-reading-"));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(made, name), bytes);
  const pool = createReadingPool({ size: 1 });
  const paths = listFiles(folder ?? made);
  const figures: ReadingFigures[] = [];
  try {
    for (const path of paths.filter((each) => statSync(each).size < WARM_BYTES_MAX)) await readOne(pool, path);
    for (const path of paths) figures.push(await readOne(pool, path));
  } finally {
    pool.close();
    rmSync(made, { recursive: true, force: true });
  }
  return figures;
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort((a, b) => statSync(a).size - statSync(b).size);

async function readOne(pool: ReturnType<typeof createReadingPool>, path: string): Promise<ReadingFigures> {
  let [ms, bytes, seconds] = [0, 0, 0];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = readers();
  const { pages, type } = await pool.read(
    { path, fileName: basename(path) },
    {
      report: ({ milliseconds, peakMemoryBytes }) => {
        ms = milliseconds;
        bytes = peakMemoryBytes;
        seconds = secondsSince(before); // the process may end next
      },
    },
  );
  delay.disable();
  return {
    file: basename(path),
    pages: pages.length,
    ms: Math.round(ms),
    "pages per CPU second": Math.round(pages.length / Math.max(0.01, seconds)),
    "MB at most": Math.round(bytes / MEGABYTE),
    "event loop of the server, p99": `${(delay.percentile(99) / NANOSECONDS_PER_MS).toFixed(1)} ms`,
    pdftotext: type === "pdf" ? pdftotext(path) : "",
  };
}

/** What each process that reads has used; one may have ended, and another begun, from one file to the next. */
const readers = (): Map<number, number> => new Map(childPids(process.pid).map((pid) => [pid, cpuSeconds(pid)]));

const secondsSince = (before: ReadonlyMap<number, number>): number =>
  [...readers()].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0);

function pdftotext(path: string): string {
  const startedAt = performance.now();
  const { error, status } = spawnSync(PDFTOTEXT, [path, "-"], { stdio: "ignore" });
  return error || status !== 0 ? "not installed" : `${Math.round(performance.now() - startedAt)} ms`;
}
