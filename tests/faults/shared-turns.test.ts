import { describe, expect, it } from "vitest";
import { isPostgresThere } from "@/tests/support/database";
import { onPrivateRedis } from "@/tests/support/redis";
import { aQuestion, hear, until } from "@/tests/support/turns";
import { anAgent, answerOf, pause, textOf, twoInstances, upstream, WHOLE } from "./support/answers";

describe.runIf(isPostgresThere)("on PostgreSQL", () => {
  onPrivateRedis("two processes", () => {
    it("follow the same turn to the last character, and each stops what the other runs long before its end", async () => {
      const [here, there] = await twoInstances();
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
      expect((upstream.requests.at(-1)?.abandonedAt ?? 0) - stoppedAt).toBeLessThan(5_000);
      expect(textOf(await answerOf(actor, endless.conversationId))).toBe((await running).text);
    }, 120_000);

    it("lose nothing when Redis is killed and comes back empty during an answer", async () => {
      const [here, there, redis] = await twoInstances();
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
});
