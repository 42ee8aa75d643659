import "server-only";
import { closeRedis, sharedRedis } from "./redis";
import { createMemoryBus } from "./stream-bus.memory";
import { createRedisBus } from "./stream-bus.redis";

/** Carries a running turn to whoever follows it, and what is said to whoever runs it. */
export type StreamBus = {
  /** Adds a part, for those who follow now and those who come later. Never fails, and waits for nothing outside. */
  publish(turnId: string, part: string): Promise<void>;
  /**
   * Nothing more will be published. The parts can still be read for a minute, then they are forgotten. Any process may say it
   * for one that died.
   */
  end(turnId: string): Promise<void>;
  /**
   * Every part from position `from` (0, the first, when it is not given), then each new one; ends with the turn or with
   * `signal`. Nothing when the turn is unknown: said after half a second in memory and a few with Redis, as whoever runs the turn may not
   * have spoken yet.
   */
  follow(turnId: string, signal: AbortSignal, from?: number): AsyncIterable<string>;
  /**
   * Says a word to whichever process listens to `key`, which begins with the identifier of a turn; one that has not begun to listen
   * hears it when it does. A key carries one word: the first.
   */
  tell(key: string, word: string): Promise<void>;
  /** Calls `hear` once, with the word said to `key`; the function returned forgets it. */
  onTold(key: string, hear: (word: string) => void): () => void;
  /** Sends what other processes must still hear, within 2 s. For a process that ends. */
  close(): Promise<void>;
};

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantStreamBus?: StreamBus | undefined };

export function streamBus(): StreamBus {
  shared.assistantStreamBus ??= createBus();
  return shared.assistantStreamBus;
}

function createBus(): StreamBus {
  const redis = sharedRedis();
  return redis ? createRedisBus(redis) : createMemoryBus();
}

const OPEN_MS = 3_000;

/** Before anyone is served: the first turn does not wait for Redis to be connected. */
export async function openStreamBus(): Promise<void> {
  streamBus();
  await sharedRedis()?.untilReady(OPEN_MS);
}

/** For a process that ends: the others hear what it said last. */
export async function closeStreamBus(): Promise<void> {
  await shared.assistantStreamBus?.close();
  shared.assistantStreamBus = undefined;
  await closeRedis();
}
