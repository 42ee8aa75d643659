import { expect, it, vi } from "vitest";
import { aPrivateRedis, aRedis, onPrivateRedis, onRedis } from "@/tests/support/redis";
import { rateLimitContract } from "./rate-limit.contract";
import { createMemoryRateLimit } from "./rate-limit.memory";
import { createRedisRateLimit } from "./rate-limit.redis";

rateLimitContract("memory", async () => {
  const limits = createMemoryRateLimit();
  return { here: limits, there: limits };
});

onRedis("the rate limit", () => {
  rateLimitContract("Redis", async () => {
    const [here, there] = await Promise.all([aRedis(), aRedis()]);
    return { here: createRedisRateLimit(here), there: createRedisRateLimit(there) };
  });
});

onPrivateRedis("the rate limit", () => {
  it("refuses nobody while Redis is away, says it once, and counts again afterwards", async () => {
    const logged = vi.mocked(console.error).mockImplementation(() => {});
    const server = await aPrivateRedis();
    const redis = await aRedis(server.url);
    await expect.poll(() => redis.isReady()).toBe(true);
    const limits = createRedisRateLimit(redis);
    const none = { key: "none", limit: 0, endsAt: new Date(Date.now() + 60_000), cost: 1 };
    expect(await limits.take([none])).toMatchObject({ ok: false });

    await server.kill();
    for (let n = 0; n < 5; n += 1) expect(await limits.take([none])).toEqual({ ok: true });
    expect(await limits.peek([none])).toEqual([0]);
    expect(logged.mock.calls).toHaveLength(1);
    logged.mockClear();

    await server.start();
    await expect.poll(() => limits.take([none]), { timeout: 5000 }).toMatchObject({ ok: false });
  });
});
