import { expect, it } from "vitest";
import { atMost } from "./at-most";

const refuse = () => new Error("too many");

it("does so much of one name at once, whatever becomes of it, and leaves other names alone", async () => {
  const ends: (() => void)[] = [];
  const begin = (name: string) => atMost(2, name, refuse, () => new Promise<void>((resolve) => ends.push(resolve)));
  const [first, second] = [begin("a"), begin("a")];
  await expect(begin("a")).rejects.toThrow("too many");
  const other = begin("b");
  ends[0]?.();
  await first;
  await expect(atMost(2, "a", refuse, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  const third = begin("a");
  await expect(begin("a")).rejects.toThrow("too many");
  for (const end of ends) end();
  await Promise.all([second, third, other]);
  expect(await atMost(1, "a", refuse, async () => "done")).toBe("done");
});
