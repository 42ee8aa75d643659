import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createJournal } from "./journal";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aJournal(save: (text: string) => Promise<void>) {
  let text = "";
  const failures: unknown[] = [];
  const journal = createJournal({ snapshot: () => text, save, onSaveFailed: (error) => failures.push(error) });
  return {
    failures,
    close: journal.close,
    say: (more: string) => {
      text += more;
      journal.touch();
    },
  };
}

it("saves by the clock, however many tokens came", async () => {
  const saved: string[] = [];
  const journal = aJournal(async (text) => void saved.push(text));
  for (let i = 0; i < 100; i += 1) journal.say("a");
  await vi.advanceTimersByTimeAsync(500);
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved).toEqual(["a".repeat(100)]);
});

it("never lets an older text land on top of a newer one, even when the first save is slow", async () => {
  const landed: string[] = [];
  const journal = aJournal(async (text) => {
    await new Promise((resolve) => setTimeout(resolve, text === "un" ? 3000 : 10));
    landed.push(text);
  });
  journal.say("un");
  await vi.advanceTimersByTimeAsync(500);
  journal.say(" deux");
  await vi.advanceTimersByTimeAsync(5000);
  expect(landed).toEqual(["un", "un deux"]);
});

it("tries again at the next tick after a failed save", async () => {
  const saved: string[] = [];
  let down = true;
  const journal = aJournal(async (text) => {
    if (down) throw new Error("database is away");
    saved.push(text);
  });
  journal.say("texte");
  await vi.advanceTimersByTimeAsync(500);
  down = false;
  await vi.advanceTimersByTimeAsync(500);
  expect(journal.failures).toHaveLength(1);
  expect(saved).toEqual(["texte"]);
});

it("waits for the save under way when it closes, and saves nothing after", async () => {
  const saved: string[] = [];
  const journal = aJournal(async (text) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    saved.push(text);
  });
  journal.say("un");
  await vi.advanceTimersByTimeAsync(500);
  const closed = journal.close().then(() => [...saved]);
  journal.say(" deux");
  await vi.advanceTimersByTimeAsync(2000);
  expect(await closed).toEqual(["un"]);
  expect(saved).toEqual(["un"]);
});
