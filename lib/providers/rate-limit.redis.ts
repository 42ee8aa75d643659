import "server-only";
import { reportFailure } from "@/lib/telemetry/report";
import type { Counter, Demand, RateLimit } from "./rate-limit";
import type { Redis } from "./redis";
import { inTime } from "./redis.in-time";

/** Redis runs a script alone: nobody takes between the check and the count. */
const TAKE = `
for i, key in ipairs(KEYS) do
  local used = tonumber(redis.call('GET', key) or '0')
  if used + math.max(tonumber(ARGV[3 * i - 2]), 1) > tonumber(ARGV[3 * i - 1]) then return i end
end
for i, key in ipairs(KEYS) do
  redis.call('INCRBY', key, ARGV[3 * i - 2])
  redis.call('PEXPIREAT', key, ARGV[3 * i])
end
return 0`;
const ADD = `
for i, key in ipairs(KEYS) do
  if redis.call('INCRBY', key, ARGV[3 * i - 2]) < 0 then redis.call('SET', key, '0') end
  redis.call('PEXPIREAT', key, ARGV[3 * i])
end
return 0`;

/** Agents do not wait for a count: past this, as when Redis is away, nothing is refused. */
const PATIENCE_MS = 500;

const keyOf = ({ key }: Counter) => `assistant:limit:${key}`;

export function createRedisRateLimit(redis: Redis): RateLimit {
  let isFailing = false;

  async function command<T>(...args: string[]): Promise<T | null> {
    try {
      const reply = await inTime(redis.command<T>(...args), PATIENCE_MS);
      isFailing = false;
      return reply;
    } catch (error) {
      // An absence is said by the connection.
      if (!isFailing && redis.isReady()) reportFailure(error, { operation: "rate-limit" });
      isFailing = true;
      return null;
    }
  }

  const run = (script: string, demands: readonly Demand[]) =>
    command<number>(
      "EVAL",
      script,
      String(demands.length),
      ...demands.map(keyOf),
      ...demands.flatMap(({ cost, limit, endsAt }) => [String(cost), String(limit), String(endsAt.getTime())]),
    );

  return {
    async take(demands) {
      if (demands.length === 0) return { ok: true };
      const refused = demands[((await run(TAKE, demands)) ?? 0) - 1];
      return refused ? { ok: false, refused } : { ok: true };
    },
    async add(demands) {
      if (demands.length > 0) await run(ADD, demands);
    },
    async peek(counters) {
      if (counters.length === 0) return [];
      const used = await command<(string | null)[]>("MGET", ...counters.map(keyOf));
      return counters.map((_, index) => Number(used?.[index] ?? 0));
    },
  };
}
