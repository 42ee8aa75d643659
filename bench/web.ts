import { cookieHeader, signIn, startApplication } from "./support/application.ts";
import { quantile } from "./support/figures.ts";
import { firstWord } from "./support/first-word.ts";
import { type Delays, startWebServers } from "./support/web-servers.ts";

/*
 * What the application adds between a question that searches the web and the first word of its answer: beyond the engine, the
 * slowest page that is waited for, and the model, whose servers here take a known time. CPU and memory of reading pages:
 * `npm run bench:web-pages`.
 */
const ENGINE_MS = 300;
const READING_MS = 4_000;
const ADDED_MS_MAX = 150;
const TIMES = 7;

const CASES: { what: string; pagesMs: readonly (number | null)[]; slowestMs: number }[] = [
  { what: "eight pages that answer at once", pagesMs: [0, 0, 0, 0, 0, 0, 0, 0], slowestMs: 0 },
  {
    what: "eight pages, 200 to 1,500 ms",
    pagesMs: [200, 400, 600, 800, 1_000, 1_200, 1_400, 1_500],
    slowestMs: 1_500,
  },
  {
    what: "seven pages, 200 to 1,500 ms, and one that hangs",
    pagesMs: [200, 400, 600, 800, 1_000, 1_200, 1_500, null],
    slowestMs: READING_MS,
  },
];

let delays: Delays = { engineMs: ENGINE_MS, pagesMs: [] };
const servers = await startWebServers(() => delays);
const application = await startApplication(servers.modelUrl, {
  variables: {
    SEARXNG_URL: servers.engineUrl,
    DEV_FETCH_ALLOW: servers.siteHost,
    WEB_SEARCH_PER_AGENT_PER_MINUTE: "0",
    WEB_SEARCH_PER_AGENT_PER_DAY: "0",
  },
});
try {
  const cookie = cookieHeader(await signIn(application.origin, "culture"), application.origin);
  await firstWordMs(cookie); // the process that reads is started once
  const plain = await timesOf(() => firstWordMs(cookie, "off"));
  const rows = [];
  for (const { what, pagesMs, slowestMs } of CASES) {
    delays = { engineMs: ENGINE_MS, pagesMs };
    const times = await timesOf(() => firstWordMs(cookie));
    const added = times.map((time) => time - ENGINE_MS - slowestMs);
    rows.push({
      what,
      slowestMs,
      p50: quantile(times, 0.5),
      added: quantile(added, 0.5),
      addedMax: Math.max(...added),
    });
  }
  console.log(`first word without a search, p50: ${quantile(plain, 0.5).toFixed(0)} ms\n`);
  console.log(`${"".padEnd(55)}${"first word".padStart(12)}${"added".padStart(10)}${"at most".padStart(10)}  budget`);
  for (const { what, slowestMs, p50, added, addedMax } of rows) {
    const figures = [p50.toFixed(0).padStart(9), added.toFixed(0).padStart(7), addedMax.toFixed(0).padStart(7)];
    const verdict = slowestMs === 0 ? "-" : `<= ${ADDED_MS_MAX} ms ${added <= ADDED_MS_MAX ? "✓" : "✗"}`;
    console.log(`${what.padEnd(55)}${figures.map((figure) => `${figure} ms`).join("")}  ${verdict}`);
  }
} finally {
  await application.close();
  servers.close();
}

async function timesOf(measure: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n += 1) times.push(await measure());
  return times;
}

async function firstWordMs(cookie: string, web: "all" | "off" = "all"): Promise<number> {
  const text = `Comment demander le télétravail ? Dossier ${Math.floor(Math.random() * 1e9)}`;
  const { ms, heard } = await firstWord({ origin: application.origin, cookie }, { text, web });
  if (web === "all" && !heard.includes('"step":"done"')) throw new Error("the search did not reach its end");
  return ms;
}
