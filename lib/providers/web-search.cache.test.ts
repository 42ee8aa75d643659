import { expect, it, vi } from "vitest";
import { aRedis, aRedisThatIsAway, onRedis } from "@/tests/support/redis";
import { type CachedAnswer, createSearchCache, searchKey } from "./web-search.cache";

const aKey = () => searchKey("un-secret", crypto.randomUUID());
const anAnswer = (more: Partial<CachedAnswer> = {}): CachedAnswer => ({
  engineId: "searxng",
  results: [{ url: "https://exemple.fr/", title: "Titre", snippet: "Extrait", date: null }],
  hasMore: true,
  askedAt: Date.now(),
  ...more,
});

it("keeps an answer for half an hour, and the two hundred latest", async () => {
  let now = Date.now();
  const cache = createSearchCache(null, () => now);
  const first = aKey();
  await cache.write(first, anAnswer({ askedAt: now }));
  expect(await cache.read(first)).toMatchObject({ engineId: "searxng" });
  now += 30 * 60_000 - 1;
  expect(await cache.read(first)).not.toBeNull();
  now += 1;
  expect(await cache.read(first)).toBeNull();

  await cache.write(first, anAnswer({ askedAt: now }));
  for (let n = 0; n < 200; n += 1) await cache.write(aKey(), anAnswer({ askedAt: now }));
  expect(await cache.read(first)).toBeNull();
});

it("makes keys that say nothing of what was asked, and that a secret is needed to guess", () => {
  const asked = ["congés", "week", 1];
  expect(searchKey("un", asked)).toBe(searchKey("un", asked));
  expect(searchKey("un", asked)).not.toBe(searchKey("autre", asked));
  expect(searchKey("un", asked)).toMatch(/^[\w-]{43}$/);
});

it("asks again while Redis is away, without waiting for it", async () => {
  const cache = createSearchCache(aRedisThatIsAway("redis://127.0.0.1:9"));
  const startedAt = performance.now();
  expect(await cache.read(aKey())).toBeNull();
  await cache.write(aKey(), anAnswer());
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  // The connection says that it is away.
  await expect.poll(() => vi.mocked(console.error).mock.calls.length, { timeout: 20_000 }).toBe(1);
  vi.mocked(console.error).mockClear();
});

onRedis("the cache of searches", () => {
  it("shares answers, under their age, and bounded", async () => {
    const [here, there] = [await aRedis(), await aRedis()];
    const key = aKey();
    const askedAt = Date.now() - 10 * 60_000;
    await createSearchCache(here).write(key, anAnswer({ askedAt }));
    expect(await createSearchCache(there).read(key)).toEqual(anAnswer({ askedAt }));
    const later = createSearchCache(there, () => askedAt + 30 * 60_000);
    expect(await later.read(key)).toBeNull();
    expect(Number(await there.command("PTTL", `assistant:web-search:${key}`))).toBeGreaterThan(29 * 60_000);

    const large = aKey();
    const snippet = "x".repeat(200_000);
    await createSearchCache(here).write(large, anAnswer({ results: [{ url: "u", title: "t", snippet, date: null }] }));
    expect(await createSearchCache(there).read(large)).toBeNull();
  });

  it.each(["", "{", '{"engineId":3}'])("does not believe what it cannot read: %j", async (text) => {
    const redis = await aRedis();
    const key = aKey();
    await redis.command("SET", `assistant:web-search:${key}`, text, "PX", "10000");
    expect(await createSearchCache(redis).read(key)).toBeNull();
  });
});
