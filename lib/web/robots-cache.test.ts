import { expect, it } from "vitest";
import { createRobotsCache, type FetchedRobots } from "./robots-cache";
import type { RobotsRules } from "./robots-rules";
import type { WebFailureCode } from "./schema";
import { WebFailure } from "./web-failure";

const MINUTE = 60_000;
const rules: RobotsRules = [{ isAllowed: false, pattern: "/" }];

function aCache({ failure, characters = 10 }: { failure?: WebFailureCode; characters?: number } = {}) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const fetchRobots = async (origin: string): Promise<FetchedRobots> => {
    asked.push(origin);
    if (failure) throw new WebFailure(failure);
    return { rules, characters };
  };
  const robotsOf = createRobotsCache(fetchRobots, { now: () => clock.now, charactersMax: 10_000 });
  return { robotsOf, asked, clock };
}

it("asks an origin once an hour, even when several wait together", async () => {
  const { robotsOf, asked, clock } = aCache();
  expect(await Promise.all([robotsOf("https://a.fr"), robotsOf("https://a.fr")])).toEqual([rules, rules]);
  clock.now = 59 * MINUTE;
  await robotsOf("https://a.fr");
  await robotsOf("http://a.fr");
  expect(asked).toEqual(["https://a.fr", "http://a.fr"]);
  clock.now = 60 * MINUTE;
  await robotsOf("https://a.fr");
  expect(asked).toHaveLength(3);
});

it("asks again, after a minute, an origin that failed", async () => {
  const { robotsOf, asked, clock } = aCache({ failure: "status" });
  await expect(robotsOf("https://a.fr")).rejects.toMatchObject({ code: "status" });
  await expect(robotsOf("https://a.fr")).rejects.toMatchObject({ code: "status" });
  expect(asked).toHaveLength(1);
  clock.now = MINUTE;
  await expect(robotsOf("https://a.fr")).rejects.toMatchObject({ code: "status" });
  expect(asked).toHaveLength(2);
});

it("does not hold against an origin that it was slow once", async () => {
  const { robotsOf, asked } = aCache({ failure: "timeout" });
  await expect(robotsOf("https://a.fr")).rejects.toMatchObject({ code: "timeout" });
  await expect(robotsOf("https://a.fr")).rejects.toMatchObject({ code: "timeout" });
  expect(asked).toHaveLength(2);
});

it("keeps so much in memory: those asked for least recently leave first", async () => {
  const { robotsOf, asked } = aCache({ characters: 2_000 });
  for (const name of ["a", "b", "c"]) await robotsOf(name);
  await robotsOf("a");
  await robotsOf("d");
  asked.length = 0;
  for (const name of ["a", "c", "d"]) await robotsOf(name);
  expect(asked).toEqual([]);
  await robotsOf("b");
  expect(asked).toEqual(["b"]);
});

it("does not keep a file larger than its whole room", async () => {
  const { robotsOf, asked } = aCache({ characters: 20_000 });
  expect(await robotsOf("a")).toEqual(rules);
  await robotsOf("a");
  expect(asked).toEqual(["a", "a"]);
});
