import "server-only";
import type { Demand, RateLimit } from "./rate-limit";

const FORGET_EVERY_MS = 60_000;

/** One process only. What was used is forgotten with it. */
export function createMemoryRateLimit(): RateLimit {
  const windows = new Map<string, { used: number; endsAt: number }>();
  let forgotAt = Date.now();

  const usedOf = (key: string): number => {
    const window = windows.get(key);
    return window && window.endsAt > Date.now() ? window.used : 0;
  };

  const count = ({ key, cost, endsAt }: Demand) => {
    windows.set(key, { used: Math.max(usedOf(key) + cost, 0), endsAt: endsAt.getTime() });
  };

  function forgetClosed(): void {
    const now = Date.now();
    if (now - forgotAt < FORGET_EVERY_MS) return;
    forgotAt = now;
    for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key);
  }

  return {
    async take(demands) {
      forgetClosed();
      const refused = demands.find(({ key, cost, limit }) => usedOf(key) + Math.max(cost, 1) > limit);
      if (refused) return { ok: false, refused };
      demands.forEach(count);
      return { ok: true };
    },
    async add(demands) {
      demands.forEach(count);
    },
    async peek(counters) {
      return counters.map(({ key }) => usedOf(key));
    },
  };
}
