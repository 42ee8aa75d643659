import { createReadingPool } from "../lib/extraction/reading-pool.ts";
import type { WebOrder } from "../lib/extraction/web-page.ts";
import { rankWebPassages } from "../lib/web/rank-passages.ts";
import { quantile } from "./support/figures.ts";
import { childPids, cpuSeconds, residentBytes } from "./support/process-figures.ts";
import { anArticle, aText } from "./support/web-article.ts";

/*
 * What pages of the web cost: the CPU of the process that reads them, counted by the system, what it holds after many, what giving
 * it the largest takes from the one that asks, and what choosing among eight pages takes. Prints figures beside their budgets; the
 * machine it runs on, and what else it does, decides them, so it fails nothing. On Linux only.
 */
const ARTICLE_BYTES = 300_000;
const WARM_UP = 60;
const MEASURED = 100;
const PAGES = 1_000;
const LARGEST_BYTES = 5_000_000;

const rows: Record<string, { measured: string; budget: string }> = {};
const pool = createReadingPool({ size: 1, timeoutMs: 20_000 });

const anOrder = (html: string): WebOrder => ({
  url: "https://www.exemple.fr/guide",
  type: "html",
  charset: "utf-8",
  bytes: Buffer.from(html),
});

async function read(html: string): Promise<void> {
  const reading = await pool.readWeb(anOrder(html));
  if (!("page" in reading)) throw new Error(`not read: ${reading.obstacle}`);
}

/** The only process of the pool. */
function readingPid(): number {
  const [pid] = childPids(process.pid);
  if (pid === undefined) throw new Error("no process reads");
  return pid;
}

async function cpuMsPerPage(htmls: readonly string[]): Promise<number> {
  for (let index = 0; index < WARM_UP; index += 1) await read(htmls[index % htmls.length] ?? "");
  const pid = readingPid();
  const before = cpuSeconds(pid);
  for (let index = 0; index < MEASURED; index += 1) await read(htmls[index % htmls.length] ?? "");
  return ((cpuSeconds(pid) - before) * 1_000) / MEASURED;
}

try {
  const articles = (textShare: number) =>
    Array.from({ length: 5 }, (_, seed) => anArticle(ARTICLE_BYTES, textShare, seed + 1));
  const usual = articles(0.4);
  rows["article of 300 kB, 40 % of it text: CPU of its reading"] = {
    measured: `${(await cpuMsPerPage(usual)).toFixed(0)} ms`,
    budget: "<= 60 ms",
  };
  rows["article of 300 kB, 90 % of it text: CPU of its reading"] = {
    measured: `${(await cpuMsPerPage(articles(0.9))).toFixed(0)} ms`,
    budget: "-",
  };

  const megabytes: number[] = [];
  for (let index = 0; index < PAGES; index += 1) {
    await read(usual[index % usual.length] ?? "");
    megabytes.push(residentBytes(readingPid()) / 1_048_576);
  }
  const mean = (sample: readonly number[]) => sample.reduce((sum, value) => sum + value, 0) / sample.length;
  const quarter = PAGES / 4;
  rows[`memory over ${PAGES} pages: first quarter, last quarter`] = {
    measured: `${mean(megabytes.slice(0, quarter)).toFixed(0)} MB, ${mean(megabytes.slice(-quarter)).toFixed(0)} MB`,
    budget: "flat",
  };

  const largest = anOrder(anArticle(LARGEST_BYTES, 0.1, 1));
  const handed: number[] = [];
  for (let index = 0; index < 10; index += 1) {
    const before = process.threadCpuUsage();
    await pool.readWeb(largest);
    const { user, system } = process.threadCpuUsage(before);
    handed.push((user + system) / 1_000);
  }
  rows["page of 5 MB: CPU of the process that asks"] = {
    measured: `${quantile(handed, 0.5).toFixed(1)} ms`,
    budget: "-",
  };
} finally {
  pool.close();
}

const pages = Array.from({ length: 8 }, (_, index) => ({ page: { text: aText(60_000, index + 1) } }));
const questions = {
  "8 pages of 60 kB: CPU of choosing the passages": "Quelle est la durée du congé parental d’un agent public ?",
  "the same, with words that are nowhere": "Quel xylophone pour le conngé parrental d’un zouave ?",
};
for (const [name, question] of Object.entries(questions)) {
  const choose = () => rankWebPassages(pages, question, { pagesMax: 8, tokensMax: 6_000 });
  for (let index = 0; index < 20; index += 1) choose();
  const costs = Array.from({ length: 20 }, () => {
    const before = process.threadCpuUsage();
    choose();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  });
  rows[name] = { measured: `${quantile(costs, 0.5).toFixed(1)} ms`, budget: "<= 20 ms" };
}
console.table(rows);
