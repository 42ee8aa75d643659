import { randomUUID } from "node:crypto";
import { once } from "node:events";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { isPostgresThere, TEST_DATABASE_URL } from "@/tests/support/database";
import { launch } from "@/tests/support/launcher";

// The lock is the database's: a database of its own for this file.
const name = `assistant_lock_${randomUUID().replaceAll("-", "")}`;
const url = Object.assign(new URL(TEST_DATABASE_URL), { pathname: `/${name}` }).href;

if (isPostgresThere) {
  describe("the lock of a serving process on PostgreSQL", () => {
    const owner = postgres(TEST_DATABASE_URL, { max: 1, onnotice: () => {} });
    beforeAll(async () => void (await owner.unsafe(`create database ${name}`)));
    afterAll(async () => {
      await owner.unsafe(`drop database ${name} with (force)`);
      await owner.end();
    });

    async function aProcess(mode: "alone" | "shared") {
      const { child, ended } = launch(["tests/support/serving-database.ts", url, mode]);
      onTestFinished(() => void child.kill("SIGKILL"));
      const [said] = await once(child.stdout ?? child, "data");
      return { child, ended, said: String(said).trim() };
    }

    const cutEveryone = () =>
      owner.unsafe(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);

    it("refuses a second process that shares nothing, and takes it once the first was killed", async () => {
      const first = await aProcess("alone");
      expect(first.said).toBe("serving");
      expect((await aProcess("alone")).said).toBe("refused");
      first.child.kill("SIGKILL");
      await first.ended;
      expect((await aProcess("alone")).said).toBe("serving");
    });

    it("lets those that share be several, but not beside one that shares nothing", async () => {
      const [first, second] = [await aProcess("shared"), await aProcess("shared")];
      expect([first.said, second.said]).toEqual(["serving", "serving"]);
      expect((await aProcess("alone")).said).toBe("refused");
    });

    it("takes its place again when the database cuts its connections", async () => {
      const first = await aProcess("alone");
      expect(first.said).toBe("serving");
      await cutEveryone();
      await expect
        .poll(() => owner.unsafe(`select pid from pg_stat_activity where datname = '${name}'`), { timeout: 10_000 })
        .toHaveLength(1);
      expect((await aProcess("alone")).said).toBe("refused");
    });
  });
}
