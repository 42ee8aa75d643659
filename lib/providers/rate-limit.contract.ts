import { describe, expect, it } from "vitest";
import type { Counter, RateLimit } from "./rate-limit";

/** The same counts seen by two processes; the same adapter twice when there is only one process. */
export type RateLimits = { here: RateLimit; there: RateLimit };

export function rateLimitContract(name: string, make: () => Promise<RateLimits>): void {
  describe(`rate limit: ${name}`, () => {
    const counter = (limit: number, windowMs = 60_000): Counter => ({
      key: `test-${crypto.randomUUID()}`,
      limit,
      endsAt: new Date(Date.now() + windowMs),
    });

    it("gives what is left, then refuses and says which counter", async () => {
      const { here, there } = await make();
      const three = counter(3);
      expect(await here.take([{ ...three, cost: 2 }])).toEqual({ ok: true });
      expect(await there.take([{ ...three, cost: 2 }])).toMatchObject({ ok: false, refused: three });
      expect(await there.take([{ ...three, cost: 1 }])).toEqual({ ok: true });
      expect(await here.peek([three])).toEqual([3]);
    });

    it("takes from every counter or from none", async () => {
      const { here } = await make();
      const [large, small] = [counter(10), counter(1)];
      const demand = [
        { ...large, cost: 1 },
        { ...small, cost: 1 },
      ];
      expect(await here.take(demand)).toEqual({ ok: true });
      expect(await here.take(demand)).toMatchObject({ ok: false, refused: { key: small.key } });
      expect(await here.peek([large, small])).toEqual([1, 1]);
    });

    it("never gives more than the limit to those who ask at the same instant", async () => {
      const { here, there } = await make();
      const fifty = counter(50);
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? here : there).take([{ ...fifty, cost: 1 }])),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(50);
      expect(await here.peek([fifty])).toEqual([50]);
    });

    it("counts what was used beyond the limit, and then refuses even a cost of nothing", async () => {
      const { here, there } = await make();
      const tokens = counter(100);
      expect(await here.take([{ ...tokens, cost: 0 }])).toEqual({ ok: true });
      await there.add([{ ...tokens, cost: 150 }]);
      expect(await here.peek([tokens])).toEqual([150]);
      expect(await here.take([{ ...tokens, cost: 0 }])).toMatchObject({ ok: false });
    });

    it("gives back, and never below nothing", async () => {
      const { here } = await make();
      const one = counter(1);
      await here.take([{ ...one, cost: 1 }]);
      await here.add([{ ...one, cost: -1 }]);
      await here.add([{ ...one, cost: -1 }]);
      expect(await here.peek([one])).toEqual([0]);
      expect(await here.take([{ ...one, cost: 1 }])).toEqual({ ok: true });
    });

    it("starts again from nothing when the window closes", async () => {
      const { here, there } = await make();
      const short = counter(1, 300);
      await here.take([{ ...short, cost: 1 }]);
      expect(await there.take([{ ...short, cost: 1 }])).toMatchObject({ ok: false });
      await expect.poll(() => there.peek([short]), { timeout: 3000 }).toEqual([0]);
    });

    it("accepts a request that nothing limits", async () => {
      const { here } = await make();
      expect(await here.take([])).toEqual({ ok: true });
      await here.add([]);
      expect(await here.peek([])).toEqual([]);
    });
  });
}
