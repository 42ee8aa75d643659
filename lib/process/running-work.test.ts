import { expect, it } from "vitest";
import { keepProcessFor, untilWorkEnds } from "./running-work";

it("waits for work that runs, and for work begun meanwhile", async () => {
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  void keepProcessFor(first.promise);
  let ended = false;
  const end = untilWorkEnds(5_000).then(() => {
    ended = true;
  });

  void keepProcessFor(second.promise);
  first.resolve();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ended).toBe(false);

  second.resolve();
  await end;
});

it("is not held by work that failed", async () => {
  keepProcessFor(Promise.reject(new Error("refused"))).catch(() => {});
  let hasEnded = false;
  // Far longer than the test may last: only the end of the work can end it.
  void untilWorkEnds(600_000).then(() => {
    hasEnded = true;
  });
  await expect.poll(() => hasEnded).toBe(true);
});

it("gives up on work that does not end in time", async () => {
  void keepProcessFor(new Promise(() => {}));
  const startedAt = Date.now();
  await untilWorkEnds(50);
  expect(Date.now() - startedAt).toBeLessThan(2_000);
});
