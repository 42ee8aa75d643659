import { randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import type { Browser } from "../tests/support/browser.ts";
import { signIn, startApplication } from "./support/application.ts";
import { pageOf, startChromium } from "./support/chromium.ts";
import { markdownAnswer, startMarkdownUpstream } from "./support/markdown-upstream.ts";
import { followAnswer, openCold, takeNotes, typeInto } from "./support/page-figures.ts";

/*
 * What reading costs the browser, through the production build: an answer being written, a long conversation opened, and
 * typing in a very long one. Prints figures beside their budgets; the machine it runs on decides them, so it fails nothing.
 */
const TOKENS = 3_000;
const RATE = 200;
const STORED_MESSAGES = 200;
const VERY_LONG_MESSAGES = 1_000;

const rows: { what: string; measured: string; budget: string; isHeld: boolean }[] = [];
const add = (what: string, value: number, max: number, unit: string, digits = 0) =>
  rows.push({
    what,
    measured: `${value.toFixed(digits)} ${unit}`,
    budget: `<= ${max} ${unit}`,
    isHeld: value <= max,
  });

const upstream = await startMarkdownUpstream();
const application = await startApplication(upstream.baseUrl);
const chromium = await startChromium();
try {
  const visitor = await signIn(application.origin, "culture");
  const page = await pageOf(chromium, visitor, application.origin);
  await takeNotes(page);

  const home = await openCold(page, application.origin);
  add("home, to compare: input usable", home.usableMs, 800, "ms");
  const answer = await followAnswer(page, `[tokens:${TOKENS} rate:${RATE}]`);
  const name = `answer of ${TOKENS} tokens at ${(markdownAnswer(TOKENS).length / 4 / answer.tookS).toFixed(0)}/s`;
  add(`${name}: main thread busy`, answer.busyShare * 100, 30, "%");
  add(`${name}: blocking`, answer.blockingMs, 100, "ms");

  const stored = await aConversation(visitor, STORED_MESSAGES);
  const opened = await openCold(page, `${application.origin}/conversations/${stored}`);
  const what = `stored conversation of ${STORED_MESSAGES} messages`;
  add(`${what}: largest paint`, opened.largestPaintMs, 800, "ms");
  add(`${what}: input usable`, opened.usableMs, 1_000, "ms");
  add(`${what}: blocking`, opened.blockingMs, 200, "ms");
  add(`${what}: elements`, opened.nodes, 1_500, "");

  const veryLong = await aConversation(visitor, VERY_LONG_MESSAGES);
  await openCold(page, `${application.origin}/conversations/${veryLong}`);
  add(`typing among ${VERY_LONG_MESSAGES} messages: key to paint, p95`, await typeInto(page), 50, "ms");
  const shown = await showAll();
  add(`the same with ${shown} messages shown: key to paint, p95`, await typeInto(page), 50, "ms");

  console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
  console.table(rows.map(({ isHeld, ...row }) => ({ ...row, held: isHeld ? "yes" : "NO" })));

  /** Goes up to the first message. */
  async function showAll(): Promise<number> {
    while (await page.$("[data-earlier] button")) {
      const before = await page.$$eval(".messages > article", (all) => all.length);
      await page.$eval("[data-earlier] button", (button) => (button as HTMLElement).click());
      await page.waitForFunction((n) => document.querySelectorAll(".messages > article").length > n, {}, before);
    }
    return page.$$eval(".messages > article", (all) => all.length);
  }
} finally {
  await chromium.close();
  await application.close();
  upstream.close();
}

/** A conversation of so many messages, asked one after the other as a browser would. */
async function aConversation(visitor: Browser, messages: number): Promise<string> {
  const conversationId = randomUUID();
  for (let n = 1; n <= messages / 2; n += 1) {
    const response = await visitor.send(`${application.origin}/api/chat`, {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({
        kind: "ask",
        conversationId,
        isNew: n === 1,
        questionId: randomUUID(),
        answerId: randomUUID(),
        text: `Question ${n} : que prévoit la procédure ?`,
      }),
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`question ${n} was refused: ${response.status} ${body.slice(0, 200)}`);
  }
  return conversationId;
}
