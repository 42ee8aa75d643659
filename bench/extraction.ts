import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createReadingPool } from "../lib/extraction/reading-pool.ts";
import { readWhole, textOf } from "../scripts/extraction/read-whole.ts";
import { BASELINES } from "./support/baseline-readers.ts";
import { withoutAdditions } from "./support/without-additions.ts";

/*
 * Reads a corpus whose truth is known, as the application does, and prints how much of it was found, in how long and in how much
 * memory; then the same without what the application adds on purpose to the words of a document, which no tool that only gives
 * those words can see. The corpus brings its own scorer: DIR/score.mjs, and the list of its files: DIR/truth.tsv.
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
requireCorpus();
const types = flags.types.split(",").filter(Boolean);
const folder = mkdtempSync(join(tmpdir(), "extraction-"));
const pool = createReadingPool({ ...(flags.jobs && { size: Number(flags.jobs) }) });

const OWN_WORDS = "application, without comments, addresses of links, headers of messages and remarks";

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
  printScores(OWN_WORDS);
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

function requireCorpus(): void {
  if (["truth.tsv", "score.mjs"].every((file) => existsSync(join(corpus, file)))) return;
  console.error(
    `Aucun corpus dans ${corpus}\u00a0: il y faut truth.tsv et score.mjs. Indiquez son dossier avec --corpus DOSSIER.`,
  );
  console.error(
    `No corpus in ${corpus}: truth.tsv and score.mjs are needed there. Name its folder with --corpus FOLDER.`,
  );
  process.exit(2);
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
  if ("code" in reading) {
    for (const reader of ["application", OWN_WORDS]) keep(reader, path, "err", reading.code, cost);
    return;
  }
  const { extraction } = reading;
  const text = textOf(extraction);
  keep("application", path, "txt", text, cost);
  keep(OWN_WORDS, path, "txt", withoutAdditions(text, extraction.type), cost);
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
