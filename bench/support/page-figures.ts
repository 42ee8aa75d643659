import type { Page } from "puppeteer-core";
import { quantile } from "./figures.ts";

const INPUT_IS_USABLE = "#saisie[enterkeyhint=send]";
const SETTLE_MS = 2_000;
const KEYS = 60;
const KEY_EVERY_MS = 60;

/** Left in the page before its own scripts run. */
type Notes = { largestPaintMs: number; usableMs: number; blockingMs: number; keysMs: number[] };
declare global {
  interface Window {
    notes: Notes;
  }
}

/** Has every page note its largest paint, when its field answers, what blocks it, and from key to paint. */
export async function takeNotes(page: Page): Promise<void> {
  await page.evaluateOnNewDocument((usable: string) => {
    const notes: Notes = { largestPaintMs: 0, usableMs: 0, blockingMs: 0, keysMs: [] };
    window.notes = notes;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) notes.largestPaintMs = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) notes.blockingMs += Math.max(0, duration - 50);
    }).observe({ type: "longtask", buffered: true });
    const look = () => {
      if (notes.usableMs === 0 && document.querySelector(usable)) notes.usableMs = performance.now();
      if (notes.usableMs === 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    addEventListener(
      "keydown",
      ({ timeStamp }) =>
        requestAnimationFrame(() => {
          // After the frame that this key causes has been drawn.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => notes.keysMs.push(performance.now() - timeStamp);
          port2.postMessage(null);
        }),
      { capture: true },
    );
  }, INPUT_IS_USABLE);
}

const notesOf = (page: Page): Promise<Notes> => page.evaluate(() => window.notes);

export async function openCold(page: Page, url: string) {
  const network = await page.createCDPSession();
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForSelector(INPUT_IS_USABLE);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  return { ...(await notesOf(page)), nodes };
}

/** From each key to the paint that shows it, p95. */
export async function typeInto(page: Page): Promise<number> {
  await page.focus("#saisie");
  await page.keyboard.type("prêt ");
  await page.evaluate(() => void window.notes.keysMs.splice(0));
  await page.keyboard.type("a la suite du dossier ".repeat(10).slice(0, KEYS), { delay: KEY_EVERY_MS });
  await new Promise((resolve) => setTimeout(resolve, KEY_EVERY_MS * 2));
  const { keysMs } = await notesOf(page);
  if (keysMs.length < KEYS) throw new Error(`only ${keysMs.length} keys of ${KEYS} were seen`);
  await page.evaluate(() => {
    const field = document.querySelector<HTMLTextAreaElement>("#saisie");
    field?.select();
  });
  await page.keyboard.press("Backspace");
  return quantile(keysMs, 0.95);
}

/** Asks, and measures from the first words shown to the end of the answer. */
export async function followAnswer(page: Page, question: string) {
  const session = await page.createCDPSession();
  // Time on the processor: what other programs take from this one is not the page's.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busyS = async () =>
    (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;

  await page.waitForSelector(INPUT_IS_USABLE);
  await page.focus("#saisie");
  await page.keyboard.type(question);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("article[aria-busy] .md")?.textContent !== undefined);
  const [busyBefore, blockingBefore, startedAt] = [await busyS(), (await notesOf(page)).blockingMs, performance.now()];
  await page.waitForFunction(() => !document.querySelector("article[aria-busy]"), { timeout: 120_000, polling: 200 });
  const tookS = (performance.now() - startedAt) / 1000;
  return {
    tookS,
    busyShare: ((await busyS()) - busyBefore) / tookS,
    blockingMs: (await notesOf(page)).blockingMs - blockingBefore,
  };
}
