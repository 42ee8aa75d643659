import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createReadingPool } from "../lib/extraction/reading-pool.ts";
import { readWhole, textOf } from "../scripts/extraction/read-whole.ts";
import { BASELINES } from "./support/baseline-readers.ts";

/*
 * Reads a corpus whose truth is known, as the application does, and prints how much of it was found, in how long and in how much
 * memory. The corpus brings its own scorer: DIR/score.mjs, and the list of its files: DIR/truth.tsv.
 */
const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: "corpus" },
    types: { type: "string", default: "" },
    jobs: { type: "string" },
    /** Also what well-known libraries read alone, in this process: PDF and DOCX only. */
    baselines: { type: "boolean", default: false },
  },
});
const corpus = resolve(flags.corpus);
const types = flags.types.split(",").filter(Boolean);
const folder = mkdtempSync(join(tmpdir(), "extraction-"));
const pool = createReadingPool({ ...(flags.jobs && { size: Number(flags.jobs) }) });

const number = z.number().nullable();
const scores = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      run: z.number(),
      extractable: z.number(),
      recall_mean: number,
      precision_mean: number,
      fail: z.number(),
      wrong_success: z.number(),
      ms50: number,
      msmax: number,
      rssmax: number,
    }),
  ),
});

try {
  await Promise.all(listFiles(types).map(read));
  printScores("application");
  if (flags.baselines) {
    for (const [name, { type, read: readAlone }] of Object.entries(BASELINES)) {
      for (const path of listFiles([type])) await readAsBaseline(name, path, readAlone);
      printScores(name);
    }
  }
} finally {
  pool.close();
  rmSync(folder, { recursive: true, force: true });
}

function listFiles(types: readonly string[]): string[] {
  const lines = readFileSync(join(corpus, "truth.tsv"), "utf8").trimEnd().split("\n").slice(1);
  return lines.flatMap((line) => {
    const [path, type] = line.split("\t");
    return path && type && (types.length === 0 || types.includes(type)) ? [path] : [];
  });
}

async function read(path: string): Promise<void> {
  const reading = await readWhole(pool, join(corpus, path));
  const cost = { ms: reading.milliseconds, rss_mb: reading.peakMemoryBytes / 1_048_576 };
  if ("code" in reading) keep("application", path, "err", reading.code, cost);
  else keep("application", path, "txt", textOf(reading.extraction), cost);
}

async function readAsBaseline(
  name: string,
  path: string,
  readAlone: (bytes: Buffer) => Promise<string>,
): Promise<void> {
  const startedAt = performance.now();
  const text = await readAlone(readFileSync(join(corpus, path))).catch(() => null);
  keep(name, path, text === null ? "err" : "txt", text ?? "failed", {
    ms: performance.now() - startedAt,
    rss_mb: null,
  });
}

function keep(reader: string, path: string, kind: "txt" | "err", said: string, cost: object): void {
  const target = join(folder, reader, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.${kind}`, said);
  writeFileSync(`${target}.json`, JSON.stringify(cost));
}

function printScores(reader: string): void {
  const results = join(folder, reader);
  const file = join(results, "scores.json");
  const scorer = spawnSync(process.execPath, [join(corpus, "score.mjs"), results, "--json", file], {
    encoding: "utf8",
  });
  if (scorer.status !== 0) throw new Error(scorer.stderr);
  const { groups } = scores.parse(JSON.parse(readFileSync(file, "utf8")));
  const figure = (value: number | null, digits: number) => (value === null ? "-" : value.toFixed(digits));
  console.log(reader);
  console.table(
    groups.map((group) => ({
      type: group.name,
      files: group.run,
      scored: group.extractable,
      recall: figure(group.recall_mean, 3),
      precision: figure(group.precision_mean, 3),
      failed: group.fail,
      "wrong successes": group.wrong_success,
      "seconds, median": figure(group.ms50 === null ? null : group.ms50 / 1_000, 2),
      "seconds, worst": figure(group.msmax === null ? null : group.msmax / 1_000, 2),
      "MB, worst": figure(group.rssmax, 0),
    })),
  );
}
