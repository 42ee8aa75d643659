import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { replaceDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import { openEmbedded } from "@/db/open";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import { plainText } from "@/lib/conversations/rules";
import { newId } from "@/lib/id";
import { anActor } from "@/tests/support/actors";
import { isPostgresThere, onPostgres, TEST_DATABASE_URL } from "@/tests/support/database";
import { aPrivateRedis, onPrivateRedis } from "@/tests/support/redis";
import { wordsAnswer } from "@/tests/support/scripted-answers";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear } from "@/tests/support/turns";
import { aBrowserOf, anInstance, type Instance } from "./support/instance";
import { aPrivatePostgres, canRunPostgres } from "./support/private-postgres";

/*
 * The built application in processes of its own, that are killed, drained, and robbed of their Redis or their database in the
 * middle of an answer.
 */
const upstream = await startScriptedModel();
afterAll(() => upstream.close());
const model = { LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "essai", LLM_LABEL: "Modèle d’essai" };
setTestSettings(model);
const actionsKey = { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString("base64") };

/** What « twenty-seconds » says. */
const WHOLE = `${wordsAnswer(200)} `;
/** The issue of a crash must be known within this time. */
const CRASH_TOLD_MS = 45_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const answerOf = async (actor: Actor, conversationId: string) =>
  (await listShownMessages(actor, conversationId)).at(-1);
const textOf = (answer: Awaited<ReturnType<typeof answerOf>>) => plainText(answer?.parts ?? []);

/** A database on `server`, that the product's code in this process uses too. */
async function aDatabase(server = TEST_DATABASE_URL): Promise<{ DATABASE_URL: string }> {
  const { opened, url, drop } = await onPostgres(server);
  replaceDatabase(opened);
  onTestFinished(async () => {
    replaceDatabase(undefined);
    await drop();
  });
  return { DATABASE_URL: url };
}

async function anAgent() {
  const actor = await anActor();
  return { actor, browser: await aBrowserOf(actor) };
}

/** Reads a stream until it holds `mark`, then leaves. */
async function until(response: Response, mark: string): Promise<void> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  for (let text = ""; !text.includes(mark); ) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) throw new Error(`the stream ended before ${mark}: ${text.slice(-300)}`);
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
}

describe.runIf(isPostgresThere)("on PostgreSQL", () => {
  onPrivateRedis("two processes", () => {
    async function two(): Promise<[Instance, Instance, Awaited<ReturnType<typeof aPrivateRedis>>]> {
      const redis = await aPrivateRedis();
      const shared = { ...model, ...actionsKey, ...(await aDatabase()), REDIS_URL: redis.url };
      return [await anInstance(shared), await anInstance(shared), redis];
    }

    it("follow the same turn to the last character, and each stops what the other runs within 300 ms", async () => {
      const [here, there] = await two();
      const { actor, browser } = await anAgent();
      const input = aQuestion("[scenario:slow-stream] Bonjour");
      const asked = hear(await browser.ask(here, input));
      const followed = hear(await browser.follow(there, input.conversationId));
      expect((await followed).chunks).toEqual((await asked).chunks);
      expect((await followed).end).toMatchObject({ status: "completed" });

      const endless = aQuestion("[scenario:never-ends] Bonjour");
      const running = hear(await browser.ask(here, endless));
      await until(await browser.follow(there, endless.conversationId), "mot3");
      const stoppedAt = Date.now();
      expect((await browser.stop(there, endless.conversationId)).status).toBe(202);
      expect((await running).end).toMatchObject({ status: "stopped" });
      await expect.poll(() => upstream.requests.at(-1)?.abandonedAt).not.toBeNull();
      expect((upstream.requests.at(-1)?.abandonedAt ?? 0) - stoppedAt).toBeLessThan(300);
      expect(textOf(await answerOf(actor, endless.conversationId))).toBe((await running).text);
    }, 120_000);

    it("when one is killed, the other ends its turn as interrupted within 45 s, its text kept, tells who follows, and resumes it", async () => {
      const [victim, survivor] = await two();
      const { actor, browser } = await anAgent();
      const input = aQuestion("[scenario:twenty-seconds] Bonjour");
      void browser
        .ask(victim, input)
        .then((response) => response.text())
        .catch(() => {});
      await expect
        .poll(async () => (await answerOf(actor, input.conversationId).catch(() => undefined))?.id)
        .toBeTruthy();
      const followed = hear(await browser.follow(survivor, input.conversationId));
      await pause(3_000);
      victim.child.kill("SIGKILL");
      const killedAt = Date.now();
      const { end, text } = await followed;
      expect(Date.now() - killedAt).toBeLessThan(CRASH_TOLD_MS);
      expect(end).toMatchObject({ status: "interrupted" });
      const answer = await answerOf(actor, input.conversationId);
      expect(answer?.turn?.status).toBe("interrupted");
      expect(textOf(answer)).toContain("mot10 ");
      expect(text.startsWith(textOf(answer))).toBe(true);
      expect(WHOLE.startsWith(text)).toBe(true);

      const { conversationId } = input;
      const rest = { kind: "continue", conversationId, continuedId: answer?.id, answerId: newId() };
      upstream.follow("slow-stream");
      const resumed = await hear(await browser.ask(survivor, rest));
      upstream.follow(null);
      expect(resumed.end).toMatchObject({ status: "completed" });
      expect(resumed.text.startsWith(textOf(answer))).toBe(true);
    }, 120_000);

    it("lose nothing when Redis is killed and comes back empty during an answer", async () => {
      const [here, there, redis] = await two();
      const { actor, browser } = await anAgent();
      const input = aQuestion("[scenario:twenty-seconds] Bonjour");
      const asked = hear(await browser.ask(here, input));
      const followed = hear(await browser.follow(there, input.conversationId));
      await pause(2_000);
      await redis.kill();
      await pause(1_500);
      await redis.start();
      expect(await asked).toMatchObject({ text: WHOLE, end: { status: "completed" } });
      expect(await followed).toMatchObject({ text: WHOLE, end: { status: "completed" } });
      expect(textOf(await answerOf(actor, input.conversationId))).toBe(WHOLE);
    }, 120_000);
  });

  it("a process asked to stop lets its running answer end, refuses new questions, and exits with code 0", async () => {
    const instance = await anInstance({ ...model, ...(await aDatabase()) });
    const { actor, browser } = await anAgent();
    const input = aQuestion("[scenario:slow-stream] Bonjour");
    const asked = hear(await browser.ask(instance, input));
    await pause(500);
    instance.child.kill("SIGTERM");
    await pause(300);
    const refused = await browser.ask(instance, aQuestion("Trop tard"));
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: "restarting" });
    expect(await asked).toMatchObject({ text: `${wordsAnswer(60)} `, end: { status: "completed" } });
    expect(await instance.ended).toBe(0);
    expect((await answerOf(actor, input.conversationId))?.turn?.status).toBe("completed");
  }, 120_000);
});

describe.runIf(canRunPostgres)("on a PostgreSQL of its own", () => {
  it("an answer loses nothing when the database crashes and restarts while it is written", async () => {
    const server = await aPrivatePostgres();
    const instance = await anInstance({ ...model, ...(await aDatabase(server.url)) });
    const { actor, browser } = await anAgent();
    const input = aQuestion("[scenario:twenty-seconds] Bonjour");
    const asked = hear(await browser.ask(instance, input));
    await pause(2_000);
    server.crash();
    await pause(3_000);
    server.start();
    expect(await asked).toMatchObject({ text: WHOLE, end: { status: "completed" } });
    expect(textOf(await answerOf(actor, input.conversationId))).toBe(WHOLE);
    expect(await hear(await browser.ask(instance, aQuestion("Encore là ?")))).toMatchObject({
      end: { status: "completed" },
    });
  }, 120_000);
});

it("on the embedded database, a killed process finds its answer interrupted when it starts again, its text kept, and resumes it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assistant-crash-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  /** The folder belongs to one process at a time: ours, between two lives of the application. */
  const between = async <T>(work: () => Promise<T>): Promise<T> => {
    const database = await openEmbedded(join(folder, "db"));
    await migrate(database);
    replaceDatabase(database);
    try {
      return await work();
    } finally {
      replaceDatabase(undefined);
      await database.close();
    }
  };
  const { actor, browser } = await between(anAgent);
  const first = await anInstance({ ...model, DATA_DIR: folder });
  const input = aQuestion("[scenario:twenty-seconds] Bonjour");
  await until(await browser.ask(first, input), "mot30");
  first.child.kill("SIGKILL");
  await first.ended;
  const running = await between(() => answerOf(actor, input.conversationId));
  expect(running?.turn?.status).toBe("running");
  expect(textOf(running)).toContain("mot10 ");

  const second = await anInstance({ ...model, DATA_DIR: folder });
  const page = await (await browser.open(second, input.conversationId)).text();
  expect(page).toContain("La réponse a été interrompue.");
  expect(page).toContain("Reprendre");
  expect(page).toContain("mot10 ");
  const { conversationId } = input;
  const rest = { kind: "continue", conversationId, continuedId: running?.id, answerId: newId() };
  upstream.follow("slow-stream");
  const resumed = await hear(await browser.ask(second, rest));
  upstream.follow(null);
  expect(resumed).toMatchObject({ end: { status: "completed" } });
  expect(resumed.text.startsWith(textOf(running))).toBe(true);
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
}, 180_000);
