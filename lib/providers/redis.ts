import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { env } from "@/lib/env";
import { reportFailure } from "@/lib/telemetry/report";

/** One connection to Redis, for commands and for the messages of channels. */
export type Redis = {
  /** Fails at once while Redis is away: what must not be lost is kept, and sent again, by whoever sends it. */
  command<T>(...args: string[]): Promise<T>;
  /**
   * Hears a channel from when `onHeard` is called, and again after each absence of Redis: what was said meanwhile is lost. The
   * function returned stops hearing.
   */
  subscribe(channel: string, hear: (message: string) => void, onHeard?: () => void): () => void;
  /** Calls `ready` each time Redis comes back; the function returned forgets it. */
  onReady(ready: () => void): () => void;
  isReady(): boolean;
  /** Resolves when Redis answers, or after `timeoutMs`. */
  untilReady(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
};

const RETRY_MS_MAX = 500;
/** A dead network says nothing: without an answer to a ping the connection is made again. */
const PING_MS = 4_000;
const SILENCE_MS = 12_000;
const CONNECT_MS = 3_000;

type Subscription = { channel: string; hear: (message: string) => void; onHeard: () => void };

type Client = ReturnType<typeof import("@redis/client").createClient>;

async function openClient(url: string): Promise<Client> {
  // Loaded only by those who have a Redis: it weighs 17 MB.
  const { createClient } = await import("@redis/client");
  return createClient({
    url,
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    pingInterval: PING_MS,
    // Its timer, one for each command, would only watch the queue before the socket.
    commandOptions: { timeout: 0 },
    socket: {
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, RETRY_MS_MAX),
    },
  });
}

/** Connects in the background, and again whenever the connection is lost. */
export function connectRedis(url: string): Redis {
  const subscriptions = new Set<Subscription>();
  const listeners = new Set<() => void>();
  let client: Client | undefined;
  let isAway = false;
  let isClosed = false;
  const isReady = () => client?.isReady === true && !isClosed;

  async function subscribe(subscription: Subscription): Promise<void> {
    const { channel, hear, onHeard } = subscription;
    try {
      await client?.subscribe(channel, hear);
    } catch {
      return; // away: `ready` subscribes again
    }
    if (subscriptions.has(subscription)) onHeard();
    else await unsubscribe(subscription);
  }

  async function unsubscribe({ channel, hear }: Subscription): Promise<void> {
    await client?.unsubscribe(channel, hear).catch(() => {
      // away: the connection that subscribed is gone
    });
  }

  function reportOnce(error: unknown): void {
    if (isAway || isClosed) return; // said once for each absence
    isAway = true;
    reportFailure(error, { operation: "redis" });
  }

  function begin(): void {
    if (isAway) console.warn(JSON.stringify({ level: "info", operation: "redis", state: "back" }));
    isAway = false;
    for (const subscription of subscriptions) void subscribe(subscription);
    for (const ready of listeners) ready();
  }

  const opening = openClient(url).then((opened) => {
    if (isClosed) return;
    client = opened.on("error", reportOnce).on("ready", begin);
    void client.connect().catch(() => {
      // Only when closed before it was ever connected: it tries for ever, and `error` has said why.
    });
  });
  void opening.catch(reportOnce);

  return {
    async command<T>(...args: string[]) {
      if (!client) throw new Error("Redis is not connected yet");
      return client.sendCommand<T>(args);
    },
    subscribe(channel, hear, onHeard = () => {}) {
      const subscription = { channel, hear, onHeard };
      subscriptions.add(subscription);
      if (isReady()) void subscribe(subscription);
      return () => {
        subscriptions.delete(subscription);
        if (isReady()) void unsubscribe(subscription);
      };
    },
    onReady(ready) {
      listeners.add(ready);
      return () => void listeners.delete(ready);
    },
    isReady,
    async untilReady(timeoutMs) {
      for (const end = Date.now() + timeoutMs; !isReady() && Date.now() < end; ) await wait(20);
    },
    async close() {
      const wasReady = isReady();
      isClosed = true;
      subscriptions.clear();
      listeners.clear();
      if (wasReady) await client?.close();
      else if (client?.isOpen) client.destroy();
    },
  };
}

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantRedis?: Redis | undefined };

/** The Redis of REDIS_URL, or null when none is configured. */
export function sharedRedis(): Redis | null {
  const { REDIS_URL } = env();
  if (!REDIS_URL) return null;
  shared.assistantRedis ??= connectRedis(REDIS_URL);
  return shared.assistantRedis;
}

/** True when Redis answers, null when none is configured. */
export async function isRedisReachable(): Promise<boolean | null> {
  const redis = sharedRedis();
  if (!redis) return null;
  try {
    await redis.command("PING");
    return true;
  } catch {
    return false; // the caller's question is exactly whether this fails
  }
}

export async function closeRedis(): Promise<void> {
  await shared.assistantRedis?.close();
  shared.assistantRedis = undefined;
}
