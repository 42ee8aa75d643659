import "server-only";
import type { Redis } from "./redis";
import type { StreamBus } from "./stream-bus";
import { followChannel } from "./stream-bus.channel";
import { END, newsChannel, streamKey, WORDS_CHANNEL, wordKey } from "./stream-bus.redis.keys";
import { createPublisher } from "./stream-bus.redis.publisher";
import { createReader } from "./stream-bus.redis.reader";
import { createWords } from "./stream-bus.words";

export type RedisBusOptions = {
  /** How long an ended turn can still be read. */
  keptMs?: number;
  /** How long the stream of a process that died stays; a living one renews it. */
  silentMs?: number;
  /** How long a turn that Redis does not know is waited for. */
  unknownMs?: number;
};

/**
 * Several processes. Those who follow a turn in the process that runs it are served from its memory; the others read the
 * stream in Redis, over one connection. When Redis is away turns go on: what they say is sent when it comes back.
 */
export function createRedisBus(
  redis: Redis,
  { keptMs = 60_000, silentMs = 60_000, unknownMs = 3_000 }: RedisBusOptions = {},
): StreamBus {
  const publisher = createPublisher(redis, { keptMs, silentMs });
  const reader = createReader(redis, { unknownMs });
  const words = createWords(keptMs);
  const unsaid = new Set<() => Promise<unknown>>();

  /** Now, or when Redis comes back. */
  async function say(...commands: string[][]): Promise<void> {
    const speak = async () => {
      await Promise.all(commands.map((command) => redis.command(...command)));
      unsaid.delete(speak);
    };
    unsaid.add(speak);
    setTimeout(() => unsaid.delete(speak), keptMs).unref();
    await speak().catch(() => {
      // Away: kept in `unsaid`. Otherwise Redis refuses, most often because someone said it before us.
      if (redis.isReady()) unsaid.delete(speak);
    });
  }

  async function passWords(keys: Iterable<string>): Promise<void> {
    await Promise.all(
      [...keys].map(async (key) => {
        const word = await redis.command<string | null>("GET", wordKey(key));
        if (word !== null) words.pass(key, word);
      }),
    ).catch(() => {
      // Redis is away: asked again when it comes back
    });
  }

  const stopHearing = redis.subscribe(
    WORDS_CHANNEL,
    (key) => void (words.isListenedTo(key) && passWords([key])),
    () => void passWords(words.listenedTo()),
  );
  const forgetReady = redis.onReady(() => {
    for (const speak of unsaid) void speak().catch(() => {});
  });

  async function* followElsewhere(turnId: string, signal: AbortSignal, from: number): AsyncGenerator<string> {
    const { channel, leave } = reader.join(turnId);
    // Whoever leaves may never ask for the next part: the signal alone must be enough.
    signal.addEventListener("abort", leave);
    try {
      yield* followChannel(channel, signal, from);
    } finally {
      signal.removeEventListener("abort", leave);
      leave();
    }
  }

  return {
    async publish(turnId, part) {
      publisher.publish(turnId, part, () => reader.adopt(turnId));
    },
    async end(turnId) {
      if (publisher.end(turnId)) return;
      const key = streamKey(turnId);
      await say(["XADD", key, END, "end", ""], ["PEXPIRE", key, String(keptMs)], ["PUBLISH", newsChannel(turnId), ""]);
    },
    follow(turnId, signal, from = 0) {
      const own = publisher.find(turnId);
      return own ? followChannel(own, signal, from) : followElsewhere(turnId, signal, from);
    },
    async tell(key, word) {
      if (words.say(key, word)) return;
      await say(["SET", wordKey(key), word, "PX", String(keptMs), "NX"], ["PUBLISH", WORDS_CHANNEL, key]);
    },
    onTold(key, hear) {
      const forget = words.listen(key, hear);
      void passWords([key]);
      return forget;
    },
    async close() {
      await publisher.close();
      forgetReady();
      stopHearing();
      reader.close();
    },
  };
}
