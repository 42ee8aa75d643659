import { beforeEach, expect, it } from "vitest";
import { type CircuitBreaker, createCircuitBreaker } from "./circuit-breaker";

let now = 0;
let breaker: CircuitBreaker;
beforeEach(() => {
  now = 1_000_000;
  breaker = createCircuitBreaker(() => now);
});

const passes = (name = "a") => {
  const passage = breaker.enter(name);
  if (!passage) throw new Error("left alone");
  return passage;
};
const failThrice = () => {
  for (let n = 0; n < 3; n += 1) passes().fail();
};

it("leaves alone for a minute who failed three times in a row, and nobody else", () => {
  failThrice();
  expect(breaker.enter("a")).toBeNull();
  passes("b").succeed();
  now += 59_999;
  expect(breaker.enter("a")).toBeNull();
});

it("lets one through after that, who closes it again or opens it for another minute", () => {
  failThrice();
  now += 60_000;
  const trial = passes();
  expect(breaker.enter("a")).toBeNull();
  trial.fail();
  now += 59_999;
  expect(breaker.enter("a")).toBeNull();
  now += 1;
  passes().succeed();
  for (let n = 0; n < 2; n += 1) passes().fail();
  passes().succeed();
});

it("counts failures in a row only", () => {
  for (let n = 0; n < 5; n += 1) {
    passes().fail();
    passes().fail();
    passes().succeed();
  }
});

it("lets another try when the one who did gave up", () => {
  failThrice();
  now += 60_000;
  passes().leave();
  passes().succeed();
});

it("leaves alone at once who asks for it, for as long as it asks, a quarter of an hour at most", () => {
  passes().fail(10_000);
  expect(breaker.enter("a")).toBeNull();
  now += 10_000;
  passes().fail(24 * 3_600_000);
  now += 15 * 60_000 - 1;
  expect(breaker.enter("a")).toBeNull();
  now += 1;
  passes().succeed();
});
