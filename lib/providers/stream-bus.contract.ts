import { describe, expect, it } from "vitest";
import type { StreamBus } from "./stream-bus";

/** The same turns seen by the process that runs them and by another one; the same bus twice when there is only one process. */
export type Buses = { runner: StreamBus; other: StreamBus };

/** What every stream bus must do. `make` gives buses on which an ended turn can still be read for `keptMs`. */
export function streamBusContract(name: string, make: (options: { keptMs: number }) => Promise<Buses>): void {
  describe(`stream bus: ${name}`, () => {
    const forever = () => new AbortController().signal;
    const turn = () => `turn-${crypto.randomUUID()}`;
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const numbered = (count: number) => Array.from({ length: count }, (_, n) => `part ${n} é🙂\n`);

    async function read(parts: AsyncIterable<string>): Promise<string[]> {
      const all: string[] = [];
      for await (const part of parts) all.push(part);
      return all;
    }

    it("gives every part in order, here and in another process", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      const sent = numbered(10_000);
      await runner.publish(id, sent[0] ?? "");
      const received = [read(runner.follow(id, forever())), read(other.follow(id, forever()))];
      for (const [n, part] of sent.slice(1).entries()) {
        await runner.publish(id, part);
        if (n % 1000 === 0) await pause(2);
      }
      await runner.end(id);
      expect(await Promise.all(received)).toEqual([sent, sent]);
    });

    it("replays what was said before to a late joiner, then follows", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      await runner.publish(id, "a");
      await runner.publish(id, "b");
      await pause(30);
      const late = [read(runner.follow(id, forever())), read(other.follow(id, forever()))];
      await runner.publish(id, "c");
      await runner.end(id);
      expect(await Promise.all(late)).toEqual([
        ["a", "b", "c"],
        ["a", "b", "c"],
      ]);
      expect(await read(other.follow(id, forever()))).toEqual(["a", "b", "c"]);
    });

    it("replays from any part, said or still to come", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      const sent = numbered(40);
      for (const part of sent.slice(0, 20)) await runner.publish(id, part);
      const from = Array.from({ length: 42 }, (_, position) => position);
      const received = from.map((position) =>
        read((position % 2 === 0 ? other : runner).follow(id, forever(), position)),
      );
      for (const part of sent.slice(20)) await runner.publish(id, part);
      await runner.end(id);
      expect(await Promise.all(received)).toEqual(from.map((position) => sent.slice(position)));
      expect(await read(other.follow(id, forever(), 39))).toEqual(sent.slice(39));
    });

    it("serves two followers at different speeds, neither losing a part", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      for (const bus of [runner, other]) {
        const id = turn();
        await runner.publish(id, "0");
        const slow = (async () => {
          const all: string[] = [];
          for await (const part of bus.follow(id, forever())) {
            await pause(5);
            all.push(part);
          }
          return all;
        })();
        const fast = read(bus.follow(id, forever()));
        for (let n = 1; n < 20; n += 1) await runner.publish(id, String(n));
        await runner.end(id);
        const expected = Array.from({ length: 20 }, (_, n) => String(n));
        expect(await fast).toEqual(expected);
        expect(await slow).toEqual(expected);
      }
    });

    it("lets a follower leave while it waits, and the turn goes on", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      await runner.publish(id, "a");
      const leaving = new AbortController();
      const left = [read(runner.follow(id, leaving.signal)), read(other.follow(id, leaving.signal))];
      await pause(100);
      leaving.abort();
      expect(await Promise.all(left)).toEqual([["a"], ["a"]]);
      await runner.publish(id, "b");
      await runner.end(id);
      expect(await read(other.follow(id, forever()))).toEqual(["a", "b"]);
    });

    it("gives nothing for a turn it does not know, and ends", async () => {
      const { other } = await make({ keptMs: 1000 });
      expect(await read(other.follow(turn(), forever()))).toEqual([]);
    });

    it("says nothing after the end", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      await runner.publish(id, "a");
      await runner.end(id);
      await runner.publish(id, "trop tard");
      expect(await read(runner.follow(id, forever()))).toEqual(["a"]);
      expect(await read(other.follow(id, forever()))).toEqual(["a"]);
    });

    it("ends a turn from another process than the one that ran it, after a last word", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      await runner.publish(id, "a");
      await runner.publish(id, "b");
      await pause(30);
      const follower = read(other.follow(id, forever()));
      await pause(30);
      await other.publish(id, "interrompue");
      await other.end(id);
      expect(await follower).toEqual(["a", "b", "interrompue"]);
      expect(await read(other.follow(id, forever(), 1))).toEqual(["b", "interrompue"]);
    });

    it("forgets a turn some time after its end", async () => {
      const { runner, other } = await make({ keptMs: 50 });
      const id = turn();
      await runner.publish(id, "a");
      await runner.end(id);
      await expect.poll(() => read(runner.follow(id, forever())), { timeout: 3000 }).toEqual([]);
      expect(await read(other.follow(id, forever()))).toEqual([]);
    });

    it("carries a word to the process that listens, and to no other key", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const [mine, another] = [turn(), turn()];
      const heard: string[] = [];
      const forget = runner.onTold(mine, (word) => heard.push(word));
      runner.onTold(another, () => heard.push("another"));
      await other.tell(mine, "arrêt : « là »\n2");
      await expect.poll(() => heard, { interval: 5 }).toEqual(["arrêt : « là »\n2"]);
      forget();
      await other.tell(mine, "encore");
      await pause(50);
      expect(heard).toHaveLength(1);
    });

    it("keeps a word that comes before anyone listens, and only the first", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      await other.tell(id, "un");
      await other.tell(id, "deux");
      expect(await new Promise<string>((resolve) => runner.onTold(id, resolve))).toBe("un");
    });

    it("says nothing to whoever has forgotten, even twice, and all to those who listen since", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      const heard: string[] = [];
      await other.tell(id, "un");
      const forget = runner.onTold(id, (word) => heard.push(`forgotten: ${word}`));
      forget();
      const another = turn();
      const forgetAnother = runner.onTold(another, () => heard.push("forgotten"));
      forgetAnother();
      runner.onTold(another, (word) => heard.push(word));
      forgetAnother();
      await other.tell(another, "deux");
      await expect.poll(() => heard).toEqual(["deux"]);
    });

    it("says a word once, however often it is said", async () => {
      const { runner, other } = await make({ keptMs: 5000 });
      const id = turn();
      const heard: string[] = [];
      runner.onTold(id, (word) => heard.push(word));
      await other.tell(id, "un");
      await other.tell(id, "deux");
      await expect.poll(() => heard).toEqual(["un"]); // what another process says takes a moment
      await runner.tell(id, "trois");
      await pause(50);
      expect(heard).toEqual(["un"]);
    });
  });
}
