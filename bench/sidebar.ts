import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { desc, sql } from "drizzle-orm";
import { asGate, asMember, replaceDatabase } from "../db/client.ts";
import { openPostgres } from "../db/open.ts";
import { agents } from "../db/schema/agents.ts";
import type { Actor } from "../lib/auth/actor.ts";
import { listConversations, listPinned } from "../lib/conversations/queries.ts";
import { newId } from "../lib/id.ts";
import { summariseLeaving } from "../lib/trash/queries.ts";
import { signIn, startApplication } from "./support/application.ts";
import { pageOf, startChromium } from "./support/chromium.ts";
import { createThrowawayDatabase } from "./support/database.ts";
import { measureReads } from "./support/figures.ts";
import { scrollConversations, showConversations } from "./support/scrolling.ts";
import { startUpstream } from "./support/upstream.ts";

/*
 * How long the server reads for the sidebar of an agent of many conversations, as the application's own role on PostgreSQL, among
 * other agents' conversations; the plan, so that one sees the index used; then, in a browser, what each frame takes when all those
 * conversations are shown and scrolled. Prints figures beside their budget; it fails nothing.
 */
const { values: flags } = parseArgs({
  options: {
    conversations: { type: "string", default: "5000" },
    others: { type: "string", default: "100000" },
    times: { type: "string", default: "500" },
  },
});
const RETENTION_MONTHS = 12;
const BUDGET_MS = 150;
const FRAME_BUDGET_MS = 17;

const database = await createThrowawayDatabase();
if (!database) throw new Error("PostgreSQL does not answer: there is nothing to measure.");
const opened = await openPostgres(database.url);
replaceDatabase(opened);

try {
  const actor = await anAgent(Number(flags.conversations));
  await anAgent(Number(flags.others));
  const pages = [await listConversations(actor)];
  while (pages.at(-1)?.nextCursor) pages.push(await listConversations(actor, pages.at(-1)?.nextCursor ?? ""));
  const cursors = pages.flatMap(({ nextCursor }) => nextCursor ?? []);
  const any = () => cursors[Math.floor(Math.random() * cursors.length)];
  console.table([
    await measure("all that the sidebar opens with", () =>
      Promise.all([listConversations(actor), listPinned(actor), summariseLeaving(actor, RETENTION_MONTHS)]),
    ),
    await measure("one more page, wherever it is", () => listConversations(actor, any())),
  ]);
  for (const line of await planOf(actor)) console.log(line);
  await scroll();
} finally {
  await opened.close();
  await database.drop();
}

async function anAgent(count: number): Promise<Actor> {
  const agentId = newId();
  await asGate((tx) =>
    tx.insert(agents).values({ id: agentId, email: `${agentId}@exemple.test`, givenName: "Agent", usualName: "Essai" }),
  );
  await giveConversations(agentId, count);
  return { agentId, sessionId: newId(), role: "member" } as unknown as Actor;
}

async function giveConversations(agentId: string, count: number): Promise<void> {
  // One in fifty is pinned (a hundred at most), one in ten archived, one in twenty in the trash, over three years.
  await asMember(agentId, (tx) =>
    tx.execute(sql`insert into conversations (id, owner_id, title, used_at, pinned_at, archived_at, deleted_at, announced_at)
      select gen_random_uuid(), ${agentId}, 'Conversation numéro ' || n, now() - n * interval '3 years' / ${count}::int,
        case when n % 50 = 0 and n <= 5000 then now() end, case when n % 10 = 1 then now() end,
        case when n % 20 = 2 then now() end, case when n > ${count}::int * 0.33 then now() end
      from generate_series(1, ${count}::int) n`),
  );
}

/** The production build, an agent who signs in with as many conversations, and all those of the list shown. */
async function scroll(): Promise<void> {
  const upstream = await startUpstream();
  const application = await startApplication(upstream.baseUrl, { variables: { DATABASE_URL: database?.url ?? "" } });
  const chromium = await startChromium();
  try {
    const visitor = await signIn(application.origin, "culture");
    const [signedIn] = await asGate((tx) =>
      tx.select({ id: agents.id }).from(agents).orderBy(desc(agents.id)).limit(1),
    );
    if (!signedIn) throw new Error("nobody signed in");
    await giveConversations(signedIn.id, Number(flags.conversations));
    const page = await pageOf(chromium, visitor, application.origin);
    await page.setViewport({ width: 1280, height: 800 });
    await page.goto(application.origin);
    await page.waitForSelector("#saisie[enterkeyhint=send]");
    const shown = await showConversations(page, Number(flags.conversations));
    const { p50, p95, max, lateShare, longTasks } = await scrollConversations(page);
    const ms = (value: number) => `${value.toFixed(1)} ms`;
    console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
    console.table([
      {
        what: `a frame of the list scrolled, ${shown} conversations shown`,
        ...{
          p50: ms(p50),
          p95: ms(p95),
          max: ms(max),
          late: `${(lateShare * 100).toFixed(1)} %`,
          "long tasks": longTasks,
        },
        budget: `p95 <= ${FRAME_BUDGET_MS} ms (60 a second)`,
      },
    ]);
  } finally {
    await chromium.close();
    await application.close();
    upstream.close();
  }
}

function measure(what: string, read: () => Promise<unknown>) {
  return measureReads(what, read, { times: Number(flags.times), warmUp: 20, budgetMs: BUDGET_MS });
}

async function planOf({ agentId }: Actor): Promise<string[]> {
  const rows = await asMember(agentId, (tx) =>
    tx.execute(sql`explain (costs off) select id, title from conversations where owner_id = ${agentId}
      and deleted_at is null and archived_at is null and pinned_at is null and project_id is null order by used_at desc, id desc limit 31`),
  );
  return (rows as unknown as { "QUERY PLAN": string }[]).map((row) => row["QUERY PLAN"]);
}
