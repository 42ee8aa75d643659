import { expect, it, onTestFinished, vi } from "vitest";
import { aPrivateRedis, aRedis, aRedisThatIsAway, onPrivateRedis, onRedis } from "@/tests/support/redis";
import type { Redis } from "./redis";
import { type Buses, streamBusContract } from "./stream-bus.contract";
import { createMemoryBus } from "./stream-bus.memory";
import { createRedisBus, type RedisBusOptions } from "./stream-bus.redis";
import { streamKey } from "./stream-bus.redis.keys";

const forever = () => new AbortController().signal;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const turn = () => `turn-${crypto.randomUUID()}`;

async function read(parts: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

async function firstOf(parts: AsyncIterable<string>): Promise<string | undefined> {
  for await (const part of parts) return part;
  return undefined;
}

/** Two processes: each has a bus and a connection of its own. */
async function twoProcesses(options: RedisBusOptions, url?: string): Promise<Buses> {
  return busesOn(await Promise.all([aRedis(url), aRedis(url)]), options);
}

function busesOn([runner, other]: [Redis, Redis], options: RedisBusOptions = {}): Buses {
  const buses = { runner: createRedisBus(runner, options), other: createRedisBus(other, options) };
  onTestFinished(async () => {
    await Promise.all([buses.runner.close(), buses.other.close()]);
  });
  return buses;
}

streamBusContract("memory", async (options) => {
  const bus = createMemoryBus({ ...options, unknownMs: 100 });
  return { runner: bus, other: bus };
});

it("in memory, waits for a turn that is about to say its first part", async () => {
  const bus = createMemoryBus();
  const id = turn();
  const received = read(bus.follow(id, forever()));
  await pause(100);
  await bus.publish(id, "a");
  await bus.end(id);
  expect(await received).toEqual(["a"]);
});

onRedis("the stream bus", () => {
  streamBusContract("Redis", ({ keptMs }) => twoProcesses({ keptMs, unknownMs: 200 }));

  it("waits for a turn that another process is about to publish", async () => {
    const { runner, other } = await twoProcesses({ unknownMs: 2000 });
    const id = turn();
    const received = [read(runner.follow(id, forever())), read(other.follow(id, forever()))];
    await pause(100);
    await runner.publish(id, "a");
    await runner.end(id);
    expect(await Promise.all(received)).toEqual([["a"], ["a"]]);
  });

  it("renews the stream of a silent turn, and lets the one of a dead process expire", async () => {
    const redis = await aRedis();
    const { runner, other } = await twoProcesses({ silentMs: 600, unknownMs: 200 });
    const id = turn();
    await runner.publish(id, "a");
    await pause(1500);
    expect(await redis.command("EXISTS", streamKey(id))).toBe(1);
    const follower = read(other.follow(id, forever()));
    await runner.close(); // nothing renews it any more
    await expect.poll(() => redis.command("EXISTS", streamKey(id)), { timeout: 5000 }).toBe(0);
    // Nobody ends the turn: the follower is let go all the same.
    expect(await follower).toEqual(["a"]);
  });

  it("says a turn again when Redis forgot it without going away", async () => {
    const redis = await aRedis();
    const { runner, other } = await twoProcesses({});
    const id = turn();
    await runner.publish(id, "a");
    const follower = read(other.follow(id, forever()));
    await pause(50);
    await redis.command("DEL", streamKey(id));
    await runner.publish(id, "b");
    await runner.publish(id, "c");
    await runner.end(id);
    expect(await follower).toEqual(["a", "b", "c"]);
    expect(await read(other.follow(id, forever()))).toEqual(["a", "b", "c"]);
  });

  it("says no more of a turn that another process has ended", async () => {
    const { runner, other } = await twoProcesses({});
    const id = turn();
    await runner.publish(id, "a");
    await pause(50);
    await other.end(id);
    await runner.publish(id, "trop tard");
    await runner.end(id);
    await pause(50);
    expect(await read(other.follow(id, forever()))).toEqual(["a"]);
  });
});

onPrivateRedis("the stream bus", () => {
  it("loses nothing when Redis dies in the middle of a turn and comes back empty", async () => {
    vi.mocked(console.error).mockImplementation(() => {});
    const server = await aPrivateRedis();
    const { runner, other } = await twoProcesses({}, server.url);
    const id = turn();
    const stopped: string[] = [];
    runner.onTold(id, () => stopped.push(id));
    const sent = Array.from({ length: 60 }, (_, n) => `part ${n}`);
    await runner.publish(id, sent[0] ?? "");
    const received = [read(runner.follow(id, forever())), read(other.follow(id, forever()))];

    for (const [n, part] of sent.slice(1).entries()) {
      if (n === 20) await server.kill();
      if (n === 30) await other.tell(id, "stop"); // heard when Redis comes back
      if (n === 40) await server.start();
      // Were it to wait for Redis, this would never end: the server starts again further on.
      await runner.publish(id, part);
      await pause(10);
    }
    await runner.end(id);

    expect(await Promise.all(received)).toEqual([sent, sent]);
    await expect.poll(() => stopped, { timeout: 3000 }).toEqual([id]);
    expect(await read(other.follow(id, forever(), 30))).toEqual(sent.slice(30));
    // Said once by each process, however often it tried again.
    expect(vi.mocked(console.error).mock.calls).toHaveLength(2);
    vi.mocked(console.error).mockClear();
  });

  it("serves a turn from memory in its own process, though Redis was never there", async () => {
    vi.mocked(console.error).mockImplementation(() => {});
    const server = await aPrivateRedis();
    await server.kill();
    const { runner, other } = busesOn([aRedisThatIsAway(server.url), aRedisThatIsAway(server.url)]);
    const id = turn();
    await runner.publish(id, "a");
    const leaving = new AbortController();
    const elsewhere = read(other.follow(id, leaving.signal));
    const here = read(runner.follow(id, forever()));
    await runner.publish(id, "b");
    await runner.end(id);
    expect(await here).toEqual(["a", "b"]);
    await pause(100);
    leaving.abort();
    expect(await elsewhere).toEqual([]);
    vi.mocked(console.error).mockClear();
  });

  it("tells others the end of a turn that ended while Redis was away", async () => {
    vi.mocked(console.error).mockImplementation(() => {});
    const server = await aPrivateRedis();
    const { runner, other } = await twoProcesses({}, server.url);
    const [mine, dead] = [turn(), turn()];
    await runner.publish(mine, "a");
    await runner.publish(dead, "b");
    const received = [read(other.follow(mine, forever())), read(other.follow(dead, forever()))];
    for (const id of [mine, dead]) await firstOf(other.follow(id, forever()));
    await server.kill();
    await runner.publish(mine, "c");
    await runner.end(mine);
    await other.end(dead);
    await server.start();
    expect(await Promise.all(received)).toEqual([["a", "c"], ["b"]]);
    vi.mocked(console.error).mockClear();
  });
});
