import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { aDocx, anXlsx, paragraph } from "../tests/support/office-files.ts";
import { pdfWriter, showLines } from "../tests/support/pdf-writer.ts";
import { cookieHeader, signIn, startApplication } from "./support/application.ts";
import { createThrowawayDatabase } from "./support/database.ts";
import { quantile } from "./support/figures.ts";
import { firstWord } from "./support/first-word.ts";
import { residentBytes, servingPid } from "./support/process-figures.ts";
import { readAlone } from "./support/reading-figures.ts";
import { startSearchingModel } from "./support/searching-model.ts";
import { makeText, makeVocabulary, randomFrom, type Vocabulary } from "./support/zipf-french.ts";

/*
 * What documents cost. What reading them takes by itself; then, of the whole application: how long after its last byte a PDF can be used, whether the server still answers meanwhile, what a long
 * document adds before the first word of an answer, what a search among many passages takes, and how much memory large files take
 * as they arrive together. Prints figures beside their budgets; it fails nothing.
 */
const LARGE_FILES = 10;
const LARGE_BYTES = 50_000_000;
const LARGE_PIECE = 65_536;
const LINES_PER_PAGE = 45;
const MEGABYTE = 1_048_576;
const QUESTIONS = 15;
const PASSAGES = 10_000;
const TEXTS = 10;
/** Of a passage, about, without what it repeats of the one before. */
const WORDS_PER_PASSAGE = 150;
const WORDS_PER_PARAGRAPH = 60;

const { values: flags } = parseArgs({
  options: {
    /** Reads the files of this folder alone, rather than those that are made. */
    dir: { type: "string" },
  },
});
console.table(
  await readAlone(
    {
      "10.pdf": aPdf(10),
      "100.pdf": aPdf(100),
      "500.pdf": aPdf(500),
      "100.docx": aWordText(100),
      "10000.xlsx": aSheet(10_000),
    },
    flags.dir,
  ),
);

const rows: { what: string; measured: string; budget: string }[] = [];
const model = await startSearchingModel();
const database = await createThrowawayDatabase();
const application = await startApplication(model.baseUrl, {
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
    const { id, readyMs, delays } = await readPdf(pages);
    const budget = pages === 10 ? "<= 1500 ms" : "";
    add(`PDF of ${pages} pages: ready after its last byte`, `${readyMs.toFixed(0)} ms`, budget);
    if (pages === 500)
      add("  the server's answers meanwhile, p99", `${quantile(delays, 0.99).toFixed(0)} ms`, "<= 50 ms");
    if (pages === 100) await askAbout(id);
  }
  await searchManyPassages();
  await receiveLargeFiles();
} finally {
  await application.close();
  await database?.drop();
  model.close();
}
console.log(database ? "PostgreSQL" : "PGlite");
console.table(rows);

function add(what: string, measured: string, budget: string): void {
  rows.push({ what, measured, budget });
}

/** Sends a PDF of so many pages, and asks the server something small until it is read. */
async function readPdf(pages: number): Promise<{ id: string; readyMs: number; delays: number[] }> {
  return readSent(await send(`${pages}.pdf`, aPdf(pages)));
}

async function readSent({ id }: { id: string }): Promise<{ id: string; readyMs: number; delays: number[] }> {
  const sentAt = performance.now();
  const delays: number[] = [];
  for (;;) {
    const askedAt = performance.now();
    await (await fetch(`${application.origin}/api/health/live`)).text();
    delays.push(performance.now() - askedAt);
    const response = await fetch(`${application.origin}/api/documents?ids=${id}`, { headers: { cookie } });
    const [document] = (await response.json()) as { state: string; failureCode: string | null }[];
    if (document?.state === "ready") return { id, readyMs: performance.now() - sentAt, delays };
    if (document?.failureCode) throw new Error(`a document was refused: ${document.failureCode}`);
    await wait(10);
  }
}

/** The first word of an answer about a document, beside that of a question without one: the model itself takes no time. */
async function askAbout(id: string): Promise<void> {
  const alone = await timesOf(() => firstWordMs([]));
  const whole = await timesOf(() => firstWordMs([id]));
  model.ask("delai de reponse du service article 57.12");
  const searched = await timesOf(() => firstWordMs([id]));
  model.ask(null);
  const added = (times: readonly number[]) => `${(quantile(times, 0.5) - quantile(alone, 0.5)).toFixed(0)} ms`;
  add("question without a document: first word", `${quantile(alone, 0.5).toFixed(0)} ms`, "");
  add("question about a PDF of 100 pages: first word, in addition", added(whole), "<= 300 ms");
  add("  the same, once the model has searched it", added(searched), "<= 300 ms");
}

/** Long texts in made-up French, searched for words that are common, rare, and written wrong. */
async function searchManyPassages(): Promise<void> {
  const vocabulary = makeVocabulary(20_000);
  const random = randomFrom(3);
  const ids: string[] = [];
  for (let n = 0; n < TEXTS; n += 1) {
    const sent = await send(`${n}.txt`, Buffer.from(aText(vocabulary, random)));
    ids.push((await readSent(sent)).id);
  }
  const at = (rank: number) => vocabulary.words[rank] ?? "";
  const rare = [3_000, 5_000, 8_000].map(at).join(" ");
  await searchFor("rare words", rare, ids);
  await searchFor("common words", [30, 45, 60, 80, 150, 400].map(at).join(" "), ids);
  await searchFor("a word written wrong", `${rare} ${at(4_000).slice(0, -1)}wk`, ids);
}

async function searchFor(what: string, query: string, ids: readonly string[]): Promise<void> {
  model.ask(query);
  await firstWordMs(ids);
  model.searchesMs.length = 0;
  await timesOf(() => firstWordMs(ids));
  if (model.searchesMs.length !== QUESTIONS) throw new Error("the documents were not searched");
  const measured = `${quantile(model.searchesMs, 0.5).toFixed(0)} ms`;
  add(`search among ${PASSAGES} passages: ${what}`, measured, "<= 50 ms");
}

async function timesOf(measure: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < QUESTIONS; n += 1) times.push(await measure());
  return times;
}

async function firstWordMs(documentIds: readonly string[]): Promise<number> {
  const question = { text: "Dans quel delai le service repond-il ?", documentIds };
  return (await firstWord({ origin: application.origin, cookie }, question)).ms;
}

async function receiveLargeFiles(): Promise<void> {
  const pid = servingPid(application.pid);
  const before = residentBytes(pid);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentBytes(pid));
  }, 20);
  try {
    await Promise.all(Array.from({ length: LARGE_FILES }, (_, n) => send(`${n}.exe`, largeFile(n + 1))));
  } finally {
    clearInterval(watch);
  }
  add(
    `${LARGE_FILES} files of 50 MB at once: memory of the server beyond what it had`,
    `${((peak - before) / MEGABYTE).toFixed(0)} MB`,
    "<= 100 MB",
  );
}

/** Made as it leaves: making ten of them at once would hold this process longer than a server keeps an idle connection. */
async function* largeFile(filling: number): AsyncGenerator<Uint8Array> {
  const piece = Buffer.alloc(LARGE_PIECE, filling);
  for (let left = LARGE_BYTES; left > 0; left -= LARGE_PIECE) yield piece.subarray(0, left);
}

async function send(name: string, bytes: Buffer | AsyncIterable<Uint8Array>): Promise<{ id: string }> {
  const response = await fetch(`${application.origin}/api/documents?id=${randomUUID()}&name=${name}`, {
    method: "POST",
    headers: { cookie, "sec-fetch-site": "same-origin", "content-type": "application/octet-stream" },
    // Node's own fetch takes what comes piece by piece, which the types of browsers do not know.
    body: bytes as BodyInit,
    ...{ duplex: "half" },
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

function aText(vocabulary: Vocabulary, random: () => number): string {
  const paragraphs = Math.round((PASSAGES / TEXTS) * (WORDS_PER_PASSAGE / WORDS_PER_PARAGRAPH));
  return Array.from({ length: paragraphs }, () => `${makeText(vocabulary, WORDS_PER_PARAGRAPH, random).text}.`).join(
    "\n\n",
  );
}

/** About so many pages of paragraphs. */
function aWordText(pages: number): Uint8Array {
  const texts = Array.from({ length: pages * LINES_PER_PAGE }, (_, line) =>
    paragraph(`Article ${line} : l'agent adresse sa demande au service dans un délai de ${line + 1} jours.`),
  );
  return aDocx(texts.join(""));
}

function aSheet(rows: number): Uint8Array {
  const cells = (row: number) => Array.from({ length: 8 }, (_, column) => `<c><v>${row * 8 + column}.5</v></c>`);
  return anXlsx([
    { name: "Relevé", rows: Array.from({ length: rows }, (_, row) => `<row>${cells(row).join("")}</row>`).join("") },
  ]);
}
