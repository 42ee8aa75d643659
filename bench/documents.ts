import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { pdfWriter, showLines } from "../tests/support/pdf-writer.ts";
import { cookieHeader, signIn, startApplication } from "./support/application.ts";
import { createThrowawayDatabase } from "./support/database.ts";
import { quantile } from "./support/figures.ts";
import { residentBytes, servingPid } from "./support/process-figures.ts";
import { startUpstream } from "./support/upstream.ts";

/*
 * What documents cost: how long after its last byte a PDF can be used, whether the server still answers meanwhile, and how much
 * memory large files take as they arrive together. Prints figures beside their budgets; it fails nothing.
 */
const LARGE_FILES = 10;
const LARGE_BYTES = 50_000_000;
const LINES_PER_PAGE = 45;
const MEGABYTE = 1_048_576;

const rows: { what: string; measured: string; budget: string }[] = [];
const upstream = await startUpstream();
const database = await createThrowawayDatabase();
const application = await startApplication(upstream.baseUrl, {
  variables: {
    ...(database && { DATABASE_URL: database.url }),
    DOCUMENTS_MEGABYTES_PER_AGENT_MAX: "4000",
    DOCUMENT_MEGABYTES_MAX: "60",
  },
});
const cookie = cookieHeader(await signIn(application.origin, "culture"), application.origin);

try {
  await readPdf(1); // the process that reads is started by the first file
  for (const pages of [10, 100, 500]) {
    const { readyMs, delays } = await readPdf(pages);
    const budget = pages === 10 ? "<= 1500 ms" : "";
    add(`PDF of ${pages} pages: ready after its last byte`, `${readyMs.toFixed(0)} ms`, budget);
    if (pages === 500)
      add("  the server's answers meanwhile, p99", `${quantile(delays, 0.99).toFixed(0)} ms`, "<= 50 ms");
  }
  await receiveLargeFiles();
} finally {
  await application.close();
  await database?.drop();
  upstream.close();
}
console.log(database ? "PostgreSQL" : "PGlite");
console.table(rows);

function add(what: string, measured: string, budget: string): void {
  rows.push({ what, measured, budget });
}

/** Sends a PDF of so many pages, and asks the server something small until it is read. */
async function readPdf(pages: number): Promise<{ readyMs: number; delays: number[] }> {
  const { id } = await send(`${pages}.pdf`, aPdf(pages));
  const sentAt = performance.now();
  const delays: number[] = [];
  for (;;) {
    const askedAt = performance.now();
    await (await fetch(`${application.origin}/api/health/live`)).text();
    delays.push(performance.now() - askedAt);
    const response = await fetch(`${application.origin}/api/documents?ids=${id}`, { headers: { cookie } });
    const [document] = (await response.json()) as { state: string; failureCode: string | null }[];
    if (document?.state === "ready") return { readyMs: performance.now() - sentAt, delays };
    if (document?.failureCode) throw new Error(`the PDF of ${pages} pages was refused: ${document.failureCode}`);
    await wait(10);
  }
}

async function receiveLargeFiles(): Promise<void> {
  const pid = servingPid(application.pid);
  const before = residentBytes(pid);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentBytes(pid));
  }, 20);
  await Promise.all(Array.from({ length: LARGE_FILES }, (_, n) => send(`${n}.exe`, Buffer.alloc(LARGE_BYTES, n + 1))));
  clearInterval(watch);
  add(
    `${LARGE_FILES} files of 50 MB at once: memory of the server beyond what it had`,
    `${((peak - before) / MEGABYTE).toFixed(0)} MB`,
    "<= 100 MB",
  );
}

async function send(name: string, bytes: Buffer): Promise<{ id: string }> {
  const response = await fetch(`${application.origin}/api/documents?id=${randomUUID()}&name=${name}`, {
    method: "POST",
    headers: { cookie, "sec-fetch-site": "same-origin", "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
  });
  if (response.status !== 201) throw new Error(`${name} was refused: ${await response.text()}`);
  return (await response.json()) as { id: string };
}

function aPdf(pages: number): Buffer {
  const writer = pdfWriter();
  for (let page = 1; page <= pages; page += 1) {
    const lines = Array.from(
      { length: LINES_PER_PAGE },
      (_, line) =>
        `Article ${page}.${line} : l'agent adresse sa demande au service dans un delai de ${line + 1} jours.`,
    );
    writer.page({ content: showLines(72, 770, lines) });
  }
  return writer.bytes();
}
