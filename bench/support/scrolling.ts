import type { Page } from "puppeteer-core";
import { quantile } from "./figures.ts";

const FRAME_MS = 1000 / 60;
/** Of a wheel turned without a pause: about what a hand can do. */
const PIXELS_A_FRAME = 60;
const FRAMES = 600;

/** Presses « Afficher plus » of the list until it holds `wanted` conversations at least; gives how many it holds. */
export async function showConversations(page: Page, wanted: number): Promise<number> {
  const rows = "nav li a[href^='/conversations/']";
  const more = "::-p-xpath(//nav//button[contains(., 'Afficher plus') and not(@aria-disabled='true')])";
  const shown = () => page.$$eval(rows, (all) => all.length);
  for (let before = await shown(); before < wanted; before = await shown()) {
    const button = await page.waitForSelector(more, { timeout: 5_000 }).catch(() => null);
    if (!button) break; // there are no more
    await button.evaluate((pressed) => (pressed as HTMLElement).click());
    // Pressed before the page answers to it, nothing comes: it is then pressed again.
    await page
      .waitForFunction((css, n) => document.querySelectorAll(css).length > n, { timeout: 5_000 }, rows, before)
      .catch(() => {});
  }
  return shown();
}

export type Frames = { p50: number; p95: number; max: number; lateShare: number; longTasks: number };

/** Scrolls what holds the conversations, down then up, and gives what each frame took, in milliseconds. */
export async function scrollConversations(page: Page): Promise<Frames> {
  const { frames, longTasks } = await page.evaluate(
    async (pixels: number, count: number) => {
      const row = document.querySelector("nav li a[href^='/conversations/']");
      let list = row?.parentElement ?? null;
      while (list && list.scrollHeight <= list.clientHeight + 1) list = list.parentElement;
      if (!list) throw new Error("nothing scrolls in the list of conversations");
      let longTasks = 0;
      const observer = new PerformanceObserver((entries) => {
        longTasks += entries.getEntries().length;
      });
      observer.observe({ type: "longtask" });
      const scrolled = list;
      const frames: number[] = [];
      let step = pixels;
      await new Promise<void>((resolve) => {
        let last = performance.now();
        const next = (now: number) => {
          frames.push(now - last);
          last = now;
          if (scrolled.scrollTop + scrolled.clientHeight >= scrolled.scrollHeight - 1) step = -pixels;
          scrolled.scrollTop += step;
          if (frames.length > count) resolve();
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      });
      observer.disconnect();
      return { frames: frames.slice(1), longTasks };
    },
    PIXELS_A_FRAME,
    FRAMES,
  );
  return {
    p50: quantile(frames, 0.5),
    p95: quantile(frames, 0.95),
    max: Math.max(...frames),
    // A frame that took half as long again was not shown when it should have been.
    lateShare: frames.filter((ms) => ms > FRAME_MS * 1.5).length / frames.length,
    longTasks,
  };
}
