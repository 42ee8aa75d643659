import "server-only";
import type { Redis } from "./redis";
import { type Channel, newChannel, wakeAll } from "./stream-bus.channel";
import { END, type Entry, newsChannel, positionOf, streamKey } from "./stream-bus.redis.keys";

const ENTRIES_PER_READ = 1_000;
/** A message of news may be lost with a connection: whoever hears nothing looks by itself. */
const LOOK_EVERY_MS = 2_000;

/** A turn of another process, read once for all who follow it here. */
type Followed = {
  readonly id: string;
  readonly channel: Channel;
  readonly followers: Set<symbol>;
  hasNews: boolean;
  isReading: boolean;
  heardAt: number;
  /** Since when Redis, which answers, has no such stream. */
  missingSince: number | null;
  stopHearing: () => void;
};

/** Follows in Redis the turns that other processes run; `unknownMs` is how long a stream that is not there is waited for. */
export function createReader(redis: Redis, { unknownMs }: { unknownMs: number }) {
  const turns = new Map<string, Followed>();

  async function read(turn: Followed): Promise<void> {
    turn.hasNews = true;
    if (turn.isReading) return;
    turn.isReading = true;
    try {
      while (turn.hasNews && !turn.channel.ended && turns.get(turn.id) === turn) {
        turn.hasNews = false;
        await readOnce(turn);
      }
    } catch {
      turn.missingSince = null; // Redis is away: read again when it comes back
    }
    turn.isReading = false;
  }

  async function readOnce(turn: Followed): Promise<void> {
    const after = `(${turn.channel.parts.length}-0`;
    const entries = await redis.command<Entry[]>(
      "XRANGE",
      streamKey(turn.id),
      after,
      "+",
      "COUNT",
      String(ENTRIES_PER_READ),
    );
    if (entries.length === 0 && (await redis.command<number>("EXISTS", streamKey(turn.id))) === 0) return miss(turn);
    turn.missingSince = null;
    for (const entry of entries) add(turn.channel, entry);
    if (entries.length === ENTRIES_PER_READ) turn.hasNews = true;
    if (entries.length > 0) {
      turn.heardAt = Date.now();
      wakeAll(turn.channel);
    }
  }

  function add(channel: Channel, [id, fields]: Entry): void {
    if (id === END) {
      channel.ended = true;
      return;
    }
    const first = positionOf(id) - fields.length / 2;
    // Half of it may be known already, when its author was not sure and said it again.
    for (let n = channel.parts.length - first; n < fields.length / 2; n += 1)
      channel.parts.push(fields[n * 2 + 1] ?? "");
  }

  function miss(turn: Followed): void {
    turn.missingSince ??= Date.now();
    const leftMs = turn.missingSince + unknownMs - Date.now();
    if (leftMs > 0) {
      setTimeout(() => void read(turn), leftMs + 1).unref();
      return;
    }
    turn.channel.ended = true;
    wakeAll(turn.channel);
  }

  const look = setInterval(() => {
    for (const turn of turns.values()) if (Date.now() - turn.heardAt > LOOK_EVERY_MS) void read(turn);
  }, LOOK_EVERY_MS);
  look.unref();

  const forgetReady = redis.onReady(() => {
    for (const turn of turns.values()) void read(turn);
  });

  function open(turnId: string): Followed {
    const turn: Followed = {
      id: turnId,
      channel: newChannel(),
      followers: new Set(),
      hasNews: false,
      isReading: false,
      heardAt: Date.now(),
      missingSince: null,
      stopHearing: redis.subscribe(
        newsChannel(turnId),
        () => void read(turn),
        () => void read(turn),
      ),
    };
    turns.set(turnId, turn);
    return turn;
  }

  return {
    join(turnId: string): { channel: Channel; leave: () => void } {
      const turn = turns.get(turnId) ?? open(turnId);
      const follower = Symbol(turnId);
      turn.followers.add(follower);
      return {
        channel: turn.channel,
        leave() {
          turn.followers.delete(follower);
          if (turn.followers.size > 0 || turns.get(turnId) !== turn) return;
          turns.delete(turnId);
          turn.stopHearing();
        },
      };
    },
    /** The channel of a turn that is followed but not heard yet: from now on it is filled by this very process. */
    adopt(turnId: string): Channel | undefined {
      const turn = turns.get(turnId);
      if (!turn || turn.channel.parts.length > 0) return undefined;
      turns.delete(turnId);
      turn.stopHearing();
      return turn.channel;
    },
    close(): void {
      clearInterval(look);
      forgetReady();
      for (const turn of turns.values()) turn.stopHearing();
      turns.clear();
    },
  };
}
