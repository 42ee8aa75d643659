import { expect, it } from "vitest";
import { createWords } from "./stream-bus.words";

it("remembers a bounded number of words that nobody hears, the latest", async () => {
  const words = createWords(60_000);
  for (let n = 0; n < 6_000; n += 1) words.say(`turn send ${n}`, String(n));
  const heard: string[] = [];
  for (const n of [0, 5_999]) words.listen(`turn send ${n}`, (word) => heard.push(word));
  await Promise.resolve();
  expect(heard).toEqual(["5999"]);
});
