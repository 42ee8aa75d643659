import "server-only";
import { createMemoryRateLimit } from "./rate-limit.memory";
import { createRedisRateLimit } from "./rate-limit.redis";
import { sharedRedis } from "./redis";

/** What is used in one window of time. The key names the window too: another window is another counter. */
export type Counter = {
  key: string;
  limit: number;
  /** When the window closes, and the counter with it. */
  endsAt: Date;
};

export type Demand = Counter & { cost: number };

/** Counts what is used, for all processes that share it. Never fails: when it cannot count, nothing is refused. */
export type RateLimit = {
  /**
   * Takes everything that is asked for or nothing, at once: `refused` is the first counter that has not enough left. A cost of 0
   * is refused once nothing is left.
   */
  take(demands: readonly Demand[]): Promise<{ ok: true } | { ok: false; refused: Counter }>;
  /** Counts what was used, beyond the limit if need be; a negative cost gives back. */
  add(demands: readonly Demand[]): Promise<void>;
  /** What was used, counter by counter. */
  peek(counters: readonly Counter[]): Promise<number[]>;
};

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantRateLimit?: RateLimit };

export function rateLimit(): RateLimit {
  shared.assistantRateLimit ??= createRateLimit();
  return shared.assistantRateLimit;
}

function createRateLimit(): RateLimit {
  const redis = sharedRedis();
  return redis ? createRedisRateLimit(redis) : createMemoryRateLimit();
}
