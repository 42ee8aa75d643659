import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { paced, restAfter } from "./paced";

const FRAME_MS = 16;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run, FRAME_MS));
  vi.stubGlobal("cancelAnimationFrame", clearTimeout);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Calls as tokens come, every 5 ms, and counts the drawings, each of which takes `tookMs`. */
function countIn(durationMs: number, tookMs: number): number {
  let drawings = 0;
  const call = paced(() => {
    drawings += 1;
    vi.advanceTimersByTime(tookMs);
  });
  const until = performance.now() + durationMs;
  while (performance.now() < until) {
    call();
    vi.advanceTimersByTime(5);
  }
  return drawings;
}

it("draws the first word at the next frame", () => {
  const draw = vi.fn();
  paced(draw)();
  vi.advanceTimersByTime(FRAME_MS);
  expect(draw).toHaveBeenCalledTimes(1);
});

it("draws once for all that came meanwhile", () => {
  const draw = vi.fn();
  const call = paced(draw);
  for (let n = 0; n < 50; n += 1) call();
  vi.advanceTimersByTime(FRAME_MS);
  expect(draw).toHaveBeenCalledTimes(1);
});

it("leaves most of the main thread free, whatever drawing costs", () => {
  for (const tookMs of [2, 10, 40]) {
    const share = (countIn(4_000, tookMs) * tookMs) / 4_000;
    expect(share, `${tookMs} ms a drawing`).toBeLessThan(0.25);
    expect(share, `${tookMs} ms a drawing`).toBeGreaterThan(0.05);
  }
});

it("never keeps an answer waiting for more than a quarter of a second", () => {
  expect(restAfter(10_000)).toBe(250);
});

it("draws by the clock in a hidden tab, which has no frames", () => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  const draw = vi.fn();
  paced(draw)();
  vi.advanceTimersByTime(250);
  expect(draw).toHaveBeenCalledTimes(1);
});
