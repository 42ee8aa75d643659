import { expect, it } from "vitest";
import { createHostSlots } from "./host-slots";

const never = new AbortController().signal;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function aQueue(limits: { perHost: number; overall: number }) {
  const take = createHostSlots(limits);
  const started: string[] = [];
  const ask = (name: string, host: string, signal = never) =>
    take(host, signal).then((giveBack) => {
      started.push(name);
      return giveBack;
    });
  return { ask, started };
}

it("lets two go to a host, and the third when one of them has ended", async () => {
  const { ask, started } = aQueue({ perHost: 2, overall: 32 });
  const first = ask("a1", "a");
  void ask("a2", "a");
  void ask("a3", "a");
  void ask("b1", "b");
  await turn();
  expect(started).toEqual(["a1", "a2", "b1"]);

  const giveBack = await first;
  giveBack();
  giveBack(); // twice is once
  void ask("a4", "a");
  await turn();
  expect(started).toEqual(["a1", "a2", "b1", "a3"]);
});

it("lets so many go in all, and does not hold the others behind a busy host", async () => {
  const { ask, started } = aQueue({ perHost: 2, overall: 3 });
  const first = ask("a1", "a");
  const second = ask("b1", "b");
  void ask("a2", "a");
  void ask("a3", "a");
  void ask("c1", "c");
  await turn();
  expect(started).toEqual(["a1", "b1", "a2"]);

  (await second)();
  await turn();
  expect(started).toEqual(["a1", "b1", "a2", "c1"]);
  (await first)();
  await turn();
  expect(started.at(-1)).toBe("a3");
});

it("forgets who gave up while waiting, with the reason, and keeps no place for it", async () => {
  const { ask, started } = aQueue({ perHost: 1, overall: 32 });
  const first = ask("a1", "a");
  const impatient = new AbortController();
  const second = ask("a2", "a", impatient.signal);
  void ask("a3", "a");
  impatient.abort(new Error("stopped"));
  await expect(second).rejects.toThrow("stopped");
  await expect(ask("a4", "a", impatient.signal)).rejects.toThrow("stopped");

  (await first)();
  await turn();
  expect(started).toEqual(["a1", "a3"]);
});
