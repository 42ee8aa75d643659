import { describe, expect, it } from "vitest";
import { newId } from "@/lib/id";
import { isPostgresThere } from "@/tests/support/database";
import { onPrivateRedis } from "@/tests/support/redis";
import { aQuestion, hear } from "@/tests/support/turns";
import { anAgent, answerOf, pause, textOf, twoInstances, upstream, WHOLE } from "./support/answers";

/** The issue of a crash must be known within this time. */
const CRASH_TOLD_MS = 45_000;

describe.runIf(isPostgresThere)("on PostgreSQL", () => {
  onPrivateRedis("two processes", () => {
    it("when one is killed, the other ends its turn as interrupted within 45 s, its text kept, tells who follows, and resumes it", async () => {
      const [victim, survivor] = await twoInstances();
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
  });
});
