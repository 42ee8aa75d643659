import { expect, it } from "vitest";
import { readSettings } from "@/lib/env";
import { aPrivateRedis, onPrivateRedis } from "@/tests/support/redis";
import { requireRedis, sharedRows } from "./redis.ts";

function rowsOf(variables: Record<string, string>) {
  const result = readSettings(variables);
  if (!result.ok) throw new Error(result.problems.join());
  return sharedRows(result.settings);
}

it("says what serves the running answers and the limits, and what would serve several processes", () => {
  expect(rowsOf({}).map(({ port, servedBy, forTheRealOne }) => [port, servedBy, forTheRealOne])).toEqual([
    ["Réponses en cours", "mémoire de l’application (un seul processus)", "DATABASE_URL et REDIS_URL"],
    ["Limites d’utilisation", "mémoire de l’application (un seul processus)", "DATABASE_URL et REDIS_URL"],
  ]);
  const [row] = rowsOf({ DATABASE_URL: "postgres://bd/assistant" });
  expect(row?.forTheRealOne).toContain("REDIS_URL");
});

it("shows where Redis is, never its password", () => {
  const rows = rowsOf({ DATABASE_URL: "postgres://bd/assistant", REDIS_URL: "redis://:secret@redis.interne:6380/1" });
  expect(rows).toMatchObject([
    { servedBy: "Redis", data: "redis.interne:6380", forTheRealOne: "✓" },
    { servedBy: "Redis" },
  ]);
  expect(JSON.stringify(rows)).not.toContain("secret");
});

onPrivateRedis("the launcher", () => {
  it("accepts a Redis that answers", async () => {
    const { url } = await aPrivateRedis();
    await requireRedis(url);
  });
});
