import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { replaceDatabase } from "@/db/client";
import { openEmbedded } from "@/db/open";
import { newId } from "@/lib/id";
import { isPostgresThere } from "@/tests/support/database";
import { copyEmbedded } from "@/tests/support/database-template";
import { wordsAnswer } from "@/tests/support/scripted-answers";
import { aQuestion, hear, until } from "@/tests/support/turns";
import { aDatabase, anAgent, answerOf, model, pause, textOf, upstream, WHOLE } from "./support/answers";
import { anInstance } from "./support/instance";
import { aPrivatePostgres, canRunPostgres } from "./support/private-postgres";

describe.runIf(isPostgresThere)("on PostgreSQL", () => {
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
  it.each([
    ["for a moment", 3_000],
    ["for longer than a process may be silent", 24_000],
  ])(
    "an answer loses nothing when the database crashes and is away %s while it is written",
    async (_how, awayMs) => {
      const server = await aPrivatePostgres();
      const instance = await anInstance({ ...model, ...(await aDatabase(server.url)) });
      const { actor, browser } = await anAgent();
      const input = aQuestion("[scenario:twenty-seconds] Bonjour");
      const asked = hear(await browser.ask(instance, input));
      await pause(2_000);
      server.crash();
      await pause(awayMs);
      server.start();
      expect(await asked).toMatchObject({ text: WHOLE, end: { status: "completed" } });
      expect(textOf(await answerOf(actor, input.conversationId))).toBe(WHOLE);
      expect(await hear(await browser.ask(instance, aQuestion("Encore là ?")))).toMatchObject({
        end: { status: "completed" },
      });
    },
    120_000,
  );
});

it("on the embedded database, a killed process finds its answer interrupted when it starts again, its text kept, and resumes it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assistant-crash-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  /** The folder belongs to one process at a time: ours, between two lives of the application. */
  const between = async <T>(work: () => Promise<T>): Promise<T> => {
    const database = await openEmbedded(join(folder, "db"));
    replaceDatabase(database);
    try {
      return await work();
    } finally {
      replaceDatabase(undefined);
      await database.close();
    }
  };
  await copyEmbedded(join(folder, "db"));
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
  const page = await (await browser.get(second, `/conversations/${input.conversationId}`)).text();
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
