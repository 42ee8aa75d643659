import "server-only";
import { createHmac } from "node:crypto";
import { z } from "zod";
import { reportFailure } from "@/lib/telemetry/report";
import type { Redis } from "./redis";
import { inTime } from "./redis.in-time";

const LIFE_MS = 30 * 60_000;
const ENTRIES_MAX = 200;
const REDIS_CHARACTERS_MAX = 128_000;
/** Sooner asked of the engine than waited for. */
const PATIENCE_MS = 300;

const cachedAnswer = z.object({
  engineId: z.string(),
  results: z.array(z.object({ url: z.string(), title: z.string(), snippet: z.string(), date: z.string().nullable() })),
  hasMore: z.boolean(),
  /** Milliseconds since the epoch. */
  askedAt: z.number(),
});
export type CachedAnswer = z.infer<typeof cachedAnswer>;

/** What engines answered less than half an hour ago. Never fails: what cannot be read is asked again. */
export type SearchCache = {
  read(key: string): Promise<CachedAnswer | null>;
  write(key: string, answer: CachedAnswer): Promise<void>;
};

/** A key from which nobody reads, nor guesses by trying, what was asked. */
export const searchKey = (secret: string, asked: unknown): string =>
  createHmac("sha256", secret).update(JSON.stringify(asked)).digest("base64url");

/** The latest answers of this process, and, with Redis, those of the others. */
export function createSearchCache(redis: Redis | null, clock: () => number = Date.now): SearchCache {
  const latest = new Map<string, CachedAnswer>();
  const isFresh = ({ askedAt }: CachedAnswer) => clock() - askedAt < LIFE_MS;

  function keep(key: string, answer: CachedAnswer): void {
    latest.delete(key);
    latest.set(key, answer);
    const [oldest] = latest.keys();
    if (latest.size > ENTRIES_MAX && oldest !== undefined) latest.delete(oldest);
  }

  async function inRedis<T>(...args: string[]): Promise<T | null> {
    if (!redis?.isReady()) return null;
    try {
      return await inTime(redis.command<T>(...args), PATIENCE_MS);
    } catch (error) {
      if (redis.isReady()) reportFailure(error, { operation: "web-search.cache" });
      return null; // an absence is said by the connection
    }
  }

  return {
    async read(key) {
      const here = latest.get(key);
      if (here && isFresh(here)) return here;
      latest.delete(key);
      const there = toAnswer(await inRedis<string | null>("GET", redisKey(key)));
      if (!there || !isFresh(there)) return null;
      keep(key, there);
      return there;
    },
    async write(key, answer) {
      keep(key, answer);
      const text = JSON.stringify(answer);
      if (text.length <= REDIS_CHARACTERS_MAX) await inRedis("SET", redisKey(key), text, "PX", String(LIFE_MS));
    },
  };
}

const redisKey = (key: string) => `assistant:web-search:${key}`;

function toAnswer(text: string | null): CachedAnswer | null {
  if (text === null) return null;
  try {
    return cachedAnswer.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // what another version wrote
  }
}
