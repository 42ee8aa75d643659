import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { asMember, replaceDatabase } from "../db/client.ts";
import { openPostgres } from "../db/open.ts";
import type { Actor } from "../lib/auth/actor.ts";
import { searchHistory, searchHistoryQuickly } from "../lib/history/queries.ts";
import { createThrowawayDatabase } from "./support/database.ts";
import { quantile } from "./support/figures.ts";
import { agentId, BIG, fillHistory, messagesOf, SMALL } from "./support/history-corpus.ts";
import { makeVocabulary, randomFrom } from "./support/zipf-french.ts";

/*
 * Searches the history of one agent among a thousand, as the application does and under its role, in a database that is made for
 * it and dropped. Beside it, the same words looked for in titles only, and in the JSON of messages, as the same role.
 */
const { values: flags } = parseArgs({
  options: { messages: { type: "string", default: "1000000" }, queries: { type: "string", default: "200" } },
});
const [total, queriesTotal] = [Number(flags.messages), Number(flags.queries)];
const VOCABULARY = 40_000;

const database = await createThrowawayDatabase();
if (!database) throw new Error("PostgreSQL does not answer at TEST_DATABASE_URL");
const server = new URL(process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/test");
const owner = postgres(Object.assign(server, { pathname: `/${database.name}` }).href, { max: 8, onnotice: () => {} });
try {
  await measure(database.url);
} finally {
  await owner.end();
  await database.drop();
}

async function measure(url: string): Promise<void> {
  const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(0);
  const vocabulary = makeVocabulary(VOCABULARY);
  let start = performance.now();
  await fillHistory(owner, vocabulary, total);
  console.log(`${total} messages of 1000 agents written in ${seconds(start)} s`);
  start = performance.now();
  const without = await costOfWriting(url);
  await owner.unsafe("set maintenance_work_mem = '512MB'");
  await owner.unsafe(
    "create index search_entries_words on search_entries using gin (owner_id, lexemes) with (fastupdate = off)",
  );
  await owner.unsafe("vacuum analyze");
  console.log(`index made in ${seconds(start)} s`);
  const sizes = await owner`select pg_size_pretty(pg_relation_size('search_entries_words')) as index,
    pg_size_pretty(pg_table_size('search_entries')) as entries, pg_size_pretty(pg_total_relation_size('messages')) as messages`;
  console.log("sizes:", sizes[0]);

  const opened = await openPostgres(url, { connections: 1 });
  replaceDatabase(opened);
  const random = randomFrom(99);
  const wordBetween = (from: number, to: number): string => {
    for (;;) {
      const rank = Math.floor(from * (to / from) ** random());
      const word = vocabulary.words[rank];
      if (word && word.length > 5 && vocabulary.lexemes[rank]) return word;
    }
  };
  const pairs = Array.from({ length: queriesTotal }, () => `${wordBetween(40, 4_000)} ${wordBetween(40, 4_000)}`);
  const typed = Array.from({ length: queriesTotal }, (_, n) => {
    const last = wordBetween(40, 4_000).slice(0, 2 + (n % 5));
    return n % 2 === 0 ? last : `${wordBetween(40, 1_000)} ${last}`;
  });
  const actors = { big: actorOf(BIG), small: actorOf(SMALL) };
  const wholeQuery = (actor: Actor) => (query: string) => searchHistory(actor, { query, sort: "relevance" });
  const rows: [string, string, number[]][] = [];
  for (const [who, actor] of [
    ["big", actors.big],
    ["small", actors.small],
  ] as const) {
    const messages = Math.round(messagesOf(who === "big" ? BIG : SMALL, total));
    const of = `${who} (${messages} messages)`;
    rows.push([of, "two words", await time(pairs, wholeQuery(actor))]);
    rows.push([of, "two words, by date", await time(pairs, (query) => searchHistory(actor, { query, sort: "date" }))]);
    rows.push([of, "as one types", await time(typed, (query) => searchHistoryQuickly(actor, query))]);
    rows.push([of, "titles only, ILIKE", await time(pairs, (query) => titlesOnly(actor, query))]);
    rows.push([of, "JSON scan, ILIKE", await time(pairs.slice(0, 20), (query) => jsonScan(actor, query))]);
  }
  console.log("\nagent                     search                 median    p95       max (ms)");
  for (const [who, what, times] of rows) {
    const figures = [quantile(times, 0.5), quantile(times, 0.95), Math.max(...times)].map((ms) =>
      ms.toFixed(1).padEnd(10),
    );
    console.log(`${who.padEnd(26)}${what.padEnd(23)}${figures.join("")}`);
  }
  const withIndex = await costOfWriting(url);
  console.log(
    `\nentries of a turn written: ${without.toFixed(2)} ms without the index of words, ${withIndex.toFixed(2)} ms with it (median)`,
  );
  await printPlan();
  console.log(
    `load average: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}`,
  );
  await opened.close();
}

function actorOf(agent: number): Actor {
  return { agentId: agentId(agent), sessionId: "", role: "member" } as Actor;
}

async function time(queries: readonly string[], ask: (query: string) => Promise<unknown>): Promise<number[]> {
  for (const query of queries.slice(0, 10)) await ask(query);
  const times: number[] = [];
  for (const query of queries) {
    const start = performance.now();
    await ask(query);
    times.push(performance.now() - start);
  }
  return times;
}

function everyWord(column: string, query: string) {
  return sql.join(
    query.split(" ").map((word) => sql`${sql.raw(column)} ilike ${`%${word}%`}`),
    sql` and `,
  );
}

function titlesOnly(actor: Actor, query: string) {
  return asMember(actor.agentId, (tx) =>
    tx.execute(sql`select id, title from conversations where owner_id = ${actor.agentId} and deleted_at is null
      and ${everyWord("title", query)} order by used_at desc limit 20`),
  );
}

function jsonScan(actor: Actor, query: string) {
  return asMember(actor.agentId, (tx) =>
    tx.execute(sql`select id, parts from messages where owner_id = ${actor.agentId} and ${everyWord("parts::text", query)}
      order by created_at desc limit 20`),
  );
}

/** What the statement of a turn's end costs, for entries that the small agent has already: written again, and rolled back. */
async function costOfWriting(url: string): Promise<number> {
  const ofSmall = await owner`select message_id, lexemes::text as lexemes from search_entries
    where owner_id = ${agentId(SMALL)} and message_id is not null order by at limit 400`;
  const client = postgres(url, { max: 1, onnotice: () => {} });
  const times: number[] = [];
  for (let at = 0; at + 1 < ofSmall.length; at += 2) {
    const entries = ofSmall
      .slice(at, at + 2)
      .map(({ message_id, lexemes }) => ({ message_id, has_web: false, lexemes }));
    await client.begin(async (tx) => {
      await tx`select set_config('role', 'assistant_member', true), set_config('app.actor', ${agentId(SMALL)}, true)`;
      const start = performance.now();
      await tx`select write_search_entries(${JSON.stringify(entries)}::text::jsonb, false)`;
      times.push(performance.now() - start);
    });
  }
  await client.end();
  return quantile(times, 0.5);
}

/** As the function's own statement is planned, under the role that owns it: the policies hold. */
async function printPlan(): Promise<void> {
  await owner.begin(async (tx) => {
    await tx.unsafe("set local role assistant_search");
    await tx`select set_config('app.actor', ${agentId(BIG)}, true)`;
    const plan =
      await tx.unsafe(`explain (analyze, costs off) select ctid, conversation_id, message_id, at from search_entries
      where owner_id = '${agentId(BIG)}' and lexemes @@ '''budg'' & ''servic'''::tsquery`);
    console.log("\nplan of the words of the big agent:");
    for (const line of plan) console.log(`  ${String(line["QUERY PLAN"])}`);
  });
}
