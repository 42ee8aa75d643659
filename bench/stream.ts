import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { quantile } from "./support/figures.ts";
import { type LoadFigures, startLoad } from "./support/load.ts";
import { cpuSeconds, databaseCpuSeconds, heldBytes } from "./support/process-figures.ts";
import type { Profile } from "./support/profile.ts";
import { type Row, streamTable } from "./support/stream-table.ts";
import { startTargets, TARGET_NAMES, type Target, type TargetName } from "./support/targets.ts";

/*
 * What the application costs around a model: against a bare relay (the floor) and the bare AI SDK, in the same run and
 * on the same core, so that the machine's mood touches all three. See docs/benchmarks.md.
 */
const { values: options } = parseArgs({
  options: {
    /** A minute instead of three: fewer streams, shorter answers. */
    quick: { type: "boolean", default: false },
    /** Fewer targets, such as `relay,application`. */
    only: { type: "string", default: TARGET_NAMES.join(",") },
    /** Only these steps: idle, burst, hold, levels, memory. */
    steps: { type: "string", default: "idle,burst,hold,levels,memory" },
    /** How many streams: only these levels. */
    streams: { type: "string" },
    /** A folder where the application writes its CPU profile when it ends. */
    profile: { type: "string" },
  },
});

const TTFT_MS = 100;
/** An ended turn can be read again from memory for a minute; the other servers' turn takes some of it. */
const FORGOTTEN_AFTER_MS = 62_000;
const at = (rate: number, tokens: number, ttftMs = TTFT_MS): Profile => ({ rate, tokens, ttftMs, seed: null });
const SHORT = at(0, 20, 0);
const LEVELS: { streams: number; tokens: number }[] = options.quick
  ? [
      { streams: 1, tokens: 100 },
      { streams: 50, tokens: 100 },
      { streams: 200, tokens: 100 },
    ]
  : [
      { streams: 1, tokens: 150 },
      { streams: 50, tokens: 150 },
      { streams: 200, tokens: 400 },
      { streams: 500, tokens: 100 },
    ];
const SHORT_TURNS = options.quick ? 40 : 100;
const MEMORY_STREAMS = options.quick ? 200 : 500;

const names = TARGET_NAMES.filter((name) => options.only.split(",").includes(name));
const isWanted = ({ streams }: { streams: number }) =>
  !options.streams || options.streams.split(",").includes(String(streams));
const does = (step: string) => options.steps.split(",").includes(step);
const flags = options.profile ? ["--cpu-prof", `--cpu-prof-dir=${options.profile}`] : [];
const startedAt = performance.now();
const progress = (text: string) =>
  process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);

const bench = await startTargets(names, flags);
const load = startLoad();
const rows: Row[] = [];
const failures: string[] = [];

/** Adds a line to the table, to be filled in. */
function addRow(what: string, unit: Row["unit"], ...budgets: Row["budgets"]): Row["values"] {
  const values: Row["values"] = {};
  rows.push({ what, unit, values, budgets });
  return values;
}

try {
  progress("warm-up");
  for (const target of bench.targets) await play(target, { profile: at(50, 50), streams: 20, overMs: 200 });
  for (const target of bench.targets) await playInTurn(target, 30);
  if (does("idle")) await idle();
  if (does("burst")) await burst();
  if (does("hold")) await hold();
  if (does("levels")) for (const level of LEVELS.filter(isWanted)) await measureLevel(level);
  if (does("memory")) await memory();
} finally {
  load.close();
  await bench.close();
}
console.log(streamTable(rows, names, bench));
for (const failure of failures.slice(0, 20)) console.log(failure);
progress("done");

type Played = LoadFigures & { cpu: number; databaseCpu: number };

async function play(target: Target, what: { profile: Profile; streams: number; overMs: number }): Promise<Played> {
  const before = cpuSeconds(target.pid);
  const databaseBefore = databaseCpuSeconds(bench.database);
  const figures = await load.play({ url: target.url, cookie: target.cookie, ...what });
  failures.push(...figures.failures.map((failure) => `${target.name}, ${what.streams} streams: ${failure}`));
  await wait(300); // the end of a turn is stored after its last byte
  return {
    ...figures,
    cpu: cpuSeconds(target.pid) - before,
    databaseCpu: target.name === "application" ? databaseCpuSeconds(bench.database) - databaseBefore : 0,
  };
}

async function playInTurn(target: Target, turns: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const figures = await load.play({ url: target.url, cookie: target.cookie, profile: SHORT, streams: 1, overMs: 0 });
    failures.push(...figures.failures.map((failure) => `${target.name}, short turn: ${failure}`));
    times.push(...figures.firstTokenMs);
  }
  return times;
}

/** One short turn after the other, on servers that do nothing else. */
async function idle(): Promise<void> {
  progress(`${SHORT_TURNS} short turns, one after the other`);
  const measured = bench.targets.map((target) => ({ target, times: [] as number[], cpu: 0, databaseCpu: 0 }));
  for (let round = 0; round < 5; round += 1) {
    for (const figures of measured) {
      const before = cpuSeconds(figures.target.pid);
      const databaseBefore = databaseCpuSeconds(bench.database);
      figures.times.push(...(await playInTurn(figures.target, SHORT_TURNS / 5)));
      await wait(100);
      figures.cpu += cpuSeconds(figures.target.pid) - before;
      figures.databaseCpu += databaseCpuSeconds(bench.database) - databaseBefore;
    }
  }
  const p50 = addRow("idle server: first token, p50", "ms", { atMost: 15, over: "relay" });
  const p95 = addRow("idle server: first token, p95", "ms");
  const cpu = addRow("CPU of a short turn (20 tokens)", "ms", { atMost: 15 });
  const database = addRow("  and of PostgreSQL", "ms");
  for (const { target, times, ...used } of measured) {
    p50[target.name] = quantile(times, 0.5);
    p95[target.name] = quantile(times, 0.95);
    cpu[target.name] = (used.cpu * 1000) / SHORT_TURNS;
    if (target.name === "application") database.application = (used.databaseCpu * 1000) / SHORT_TURNS;
  }
}

async function burst(): Promise<void> {
  progress("50 chats in 0.25 s");
  const values = addRow("50 chats in 0.25 s: first token, p95", "ms", { atMost: 250 });
  for (const target of bench.targets) {
    const times: number[] = [];
    for (let round = 0; round < 2; round += 1) {
      times.push(...(await play(target, { profile: at(50, 50, 0), streams: 50, overMs: 250 })).firstTokenMs);
    }
    values[target.name] = quantile(times, 0.95);
  }
}

async function hold(): Promise<void> {
  progress("150 streams on one core");
  const values = addRow("150 streams held: first token, p95", "ms", { atMost: 300 });
  for (const target of bench.targets) {
    const { firstTokenMs } = await play(target, { profile: at(50, 200, 0), streams: 150, overMs: 3_000 });
    values[target.name] = quantile(firstTokenMs, 0.95);
  }
}

async function measureLevel({ streams, tokens }: (typeof LEVELS)[number]): Promise<void> {
  const isReference = streams === 200;
  const first = addRow(`${streams} streams of 50 tokens/s: added before the first, p50`, "ms");
  const latency = [0.5, 0.95, 0.99].map((share) => ({
    share,
    values: addRow(`  latency of a token, p${share * 100}`, "ms"),
  }));
  const cpu = addRow(
    "  CPU per 1,000 tokens",
    "ms",
    ...(isReference
      ? [
          { atMostTimes: 2, of: "relay" as const },
          { atMostTimes: 0.5, of: "sdk" as const },
        ]
      : []),
  );
  const database = addRow("  and of PostgreSQL", "ms");
  const failed = addRow("  failures", "", { atMost: 0 });
  for (const target of bench.targets) {
    progress(`${streams} streams, ${target.name}`);
    const played = await play(target, { profile: at(50, tokens), streams, overMs: Math.min(2_000, streams * 10) });
    const thousands = played.tokens / 1000;
    first[target.name] = quantile(played.firstTokenMs, 0.5) - TTFT_MS;
    for (const { share, values } of latency) values[target.name] = quantile(played.latencyMs, share);
    cpu[target.name] = (played.cpu * 1000) / thousands;
    if (target.name === "application") database.application = (played.databaseCpu * 1000) / thousands;
    failed[target.name] = played.failures.length;
  }
}

async function memory(): Promise<void> {
  const open = addRow("memory per open stream", "kB", { atMost: 250 });
  const after = addRow("  still held afterwards", "kB", { atMost: 10 });
  const before = new Map<TargetName, number>();
  for (const target of bench.targets) {
    progress(`memory, ${MEMORY_STREAMS} open streams, ${target.name}`);
    const held = await heldBytes(target.pid);
    before.set(target.name, held);
    const playing = play(target, { profile: at(5, 40), streams: MEMORY_STREAMS, overMs: 3_000 });
    await wait(5_500);
    open[target.name] = ((await heldBytes(target.pid)) - held) / MEMORY_STREAMS / 1000;
    await playing;
  }
  progress("waiting for what ended to be forgotten");
  await wait(options.quick ? 5_000 : FORGOTTEN_AFTER_MS);
  for (const target of bench.targets) {
    const kept = (await heldBytes(target.pid)) - (before.get(target.name) ?? 0);
    after[target.name] = Math.max(0, kept) / MEMORY_STREAMS / 1000;
  }
}
