import { describe, expect, it } from "vitest";
import type { StreamBus } from "./stream-bus";

/** What every stream bus must do. `make` gives a new bus on which an ended turn can still be read for `keptMs`. */
export function streamBusContract(name: string, make: (options: { keptMs: number }) => StreamBus): void {
  describe(`stream bus: ${name}`, () => {
    const forever = () => new AbortController().signal;
    const turn = () => `turn-${crypto.randomUUID()}`;

    async function read(parts: AsyncIterable<string>): Promise<string[]> {
      const all: string[] = [];
      for await (const part of parts) all.push(part);
      return all;
    }

    it("gives every part in order to one who followed from the start", async () => {
      const bus = make({ keptMs: 1000 });
      const id = turn();
      const sent = Array.from({ length: 10_000 }, (_, n) => `part ${n} é🙂\n`);
      await bus.publish(id, sent[0] ?? "");
      const received = read(bus.follow(id, forever()));
      for (const part of sent.slice(1)) await bus.publish(id, part);
      await bus.end(id);
      expect(await received).toEqual(sent);
    });

    it("replays what was said before to a late joiner, then follows", async () => {
      const bus = make({ keptMs: 1000 });
      const id = turn();
      await bus.publish(id, "a");
      await bus.publish(id, "b");
      const late = read(bus.follow(id, forever()));
      await bus.publish(id, "c");
      await bus.end(id);
      expect(await late).toEqual(["a", "b", "c"]);
      expect(await read(bus.follow(id, forever()))).toEqual(["a", "b", "c"]);
    });

    it("serves two followers at different speeds, neither losing a part", async () => {
      const bus = make({ keptMs: 1000 });
      const id = turn();
      await bus.publish(id, "0");
      const slow = (async () => {
        const all: string[] = [];
        for await (const part of bus.follow(id, forever())) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          all.push(part);
        }
        return all;
      })();
      const fast = read(bus.follow(id, forever()));
      for (let n = 1; n < 20; n += 1) await bus.publish(id, String(n));
      await bus.end(id);
      const expected = Array.from({ length: 20 }, (_, n) => String(n));
      expect(await fast).toEqual(expected);
      expect(await slow).toEqual(expected);
    });

    it("lets a follower leave while it waits, and the turn goes on", async () => {
      const bus = make({ keptMs: 1000 });
      const id = turn();
      await bus.publish(id, "a");
      const leaving = new AbortController();
      const left = read(bus.follow(id, leaving.signal));
      await new Promise((resolve) => setTimeout(resolve, 20));
      leaving.abort();
      expect(await left).toEqual(["a"]);
      await bus.publish(id, "b");
      await bus.end(id);
      expect(await read(bus.follow(id, forever()))).toEqual(["a", "b"]);
    });

    it("gives nothing for a turn it does not know, at once", async () => {
      expect(await read(make({ keptMs: 1000 }).follow(turn(), forever()))).toEqual([]);
    });

    it("says nothing after the end", async () => {
      const bus = make({ keptMs: 1000 });
      const id = turn();
      await bus.publish(id, "a");
      await bus.end(id);
      await bus.publish(id, "trop tard");
      expect(await read(bus.follow(id, forever()))).toEqual(["a"]);
    });

    it("forgets a turn some time after its end", async () => {
      const bus = make({ keptMs: 50 });
      const id = turn();
      await bus.publish(id, "a");
      await bus.end(id);
      await expect.poll(() => read(bus.follow(id, forever())), { timeout: 3000 }).toEqual([]);
    });

    it("carries the wish to stop to the one who runs the turn, and to no one else", async () => {
      const bus = make({ keptMs: 1000 });
      const [mine, other] = [turn(), turn()];
      const stopped: string[] = [];
      const forget = bus.onStop(mine, () => stopped.push("mine"));
      bus.onStop(other, () => stopped.push("other"));
      await bus.requestStop(mine);
      await expect.poll(() => stopped).toEqual(["mine"]);
      forget();
      await bus.requestStop(mine);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(stopped).toEqual(["mine"]);
    });
  });
}
