import { performance } from "node:perf_hooks";

/** The value below which `share` of the sample lies. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Reads so many times, after a few that do not count, and gives a row of a table. `budgetMs` is that of the 95th percentile. */
export async function measureReads(
  what: string,
  read: () => Promise<unknown>,
  { times: count, warmUp, budgetMs }: { times: number; warmUp: number; budgetMs: number },
) {
  for (let n = 0; n < warmUp; n += 1) await read();
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const begun = performance.now();
    await read();
    times.push(performance.now() - begun);
  }
  const ms = (share: number) => `${quantile(times, share).toFixed(1)} ms`;
  return { what, p50: ms(0.5), p95: ms(0.95), budget: `p95 <= ${budgetMs} ms` };
}
