import "server-only";
import { newId } from "@/lib/id";
import { reportFailure } from "@/lib/telemetry/report";
import type { Redis } from "./redis";
import { type Channel, newChannel, wakeAll } from "./stream-bus.channel";
import { END, type Entry, newsChannel, positionOf, streamKey } from "./stream-bus.redis.keys";

/** At most one exchange with Redis in this time, for all turns: what they said meanwhile goes together. */
const FLUSH_EVERY_MS = 10;
const RETRY_MS = 250;
const PARTS_PER_ENTRY_MAX = 500;
const CLOSE_MS = 2_000;

/** A turn that this process publishes. Its parts stay in memory as long as the turn can be read: Redis may lose them. */
type OwnTurn = {
  readonly id: string;
  readonly channel: Channel;
  /** How many parts others published before: 0, but for the turn of a process that died. */
  base: number;
  /** How many of our parts Redis has; null when it must be asked. */
  sent: number | null;
  hasSentAny: boolean;
  /** Redis refuses any more: the end is there. */
  isOver: boolean;
  renewedAt: number;
};

export type PublisherOptions = { keptMs: number; silentMs: number };

/** Says in Redis what this process publishes: later when Redis is away, and again when it comes back empty. */
export function createPublisher(redis: Redis, { keptMs, silentMs }: PublisherOptions) {
  const name = newId().slice(-12);
  const turns = new Map<string, OwnTurn>();
  const waiting = new Set<OwnTurn>();
  let flushedAt = 0;
  let isBusy = false;
  let isFailing = false;
  let timer: NodeJS.Timeout | undefined;

  function flushSoon(delayMs = FLUSH_EVERY_MS - (performance.now() - flushedAt)): void {
    if (isBusy || timer) return;
    timer = setTimeout(() => void flush(), Math.max(delayMs, 0));
  }

  async function flush(): Promise<void> {
    timer = undefined;
    isBusy = true;
    const batch = [...waiting];
    waiting.clear();
    // Commands given in one tick leave in one write.
    const outcomes = await Promise.all(batch.map((turn) => send(turn).catch(toFailed)));
    isBusy = false;
    flushedAt = performance.now();
    for (const [index, outcome] of outcomes.entries()) {
      const turn = batch[index];
      if (!turn || outcome === "sent") continue;
      if (outcome !== "more") turn.sent = null; // what was on its way may have arrived
      waiting.add(turn);
    }
    const hasFailed = outcomes.includes("failed");
    if (!hasFailed && batch.length > 0) isFailing = false;
    if (waiting.size > 0 && redis.isReady()) flushSoon(hasFailed ? RETRY_MS : undefined);
  }

  /** Redis answers but refuses, for want of memory for instance: said once. An absence is said by the connection. */
  function toFailed(error: unknown): "failed" {
    if (redis.isReady() && !isFailing) {
      isFailing = true;
      reportFailure(error, { operation: "stream-bus" });
    }
    return "failed";
  }

  /**
   * `stale`: Redis does not have what we believed; it must be asked, then told again. `more`: the rest waits until it is certain
   * that nobody else spoke for this turn before us.
   */
  async function send(turn: OwnTurn): Promise<"sent" | "more" | "stale"> {
    if (turn.sent === null) await ask(turn);
    if (turn.isOver || turn.sent === null) return "sent";
    const { parts, ended } = turn.channel;
    const until = turn.hasSentAny ? parts.length : Math.min(parts.length, PARTS_PER_ENTRY_MAX);
    const saysEnd = ended && (turn.hasSentAny || until === 0);
    const additions = addParts(turn, turn.sent, until);
    if (saysEnd) additions.push(addEntry(turn, until, END, "end", ""));
    const isRenewal = saysEnd || Date.now() - turn.renewedAt > silentMs / 3;
    if (isRenewal) {
      additions.push(redis.command("PEXPIRE", streamKey(turn.id), String(ended ? keptMs : silentMs)));
      turn.renewedAt = Date.now();
    }
    const news = redis.command("PUBLISH", newsChannel(turn.id), "");

    const outcomes = await Promise.allSettled([...additions, news]);
    const failure = outcomes.find((outcome) => outcome.status === "rejected")?.reason;
    if (failure && !isTooSmall(failure)) throw failure;
    const isLost = outcomes
      .slice(0, -1)
      .some((it) => it.status === "fulfilled" && (it.value === null || it.value === 0));
    if (failure || isLost) return "stale";
    turn.sent = until;
    turn.hasSentAny ||= until > 0;
    turn.isOver = saysEnd;
    return until < parts.length || saysEnd !== ended ? "more" : "sent";
  }

  function addParts(turn: OwnTurn, sent: number, until: number): Promise<unknown>[] {
    const replies: Promise<unknown>[] = [];
    for (let from = sent; from < until; from += PARTS_PER_ENTRY_MAX) {
      const to = Math.min(from + PARTS_PER_ENTRY_MAX, until);
      const fields: string[] = [];
      for (const part of turn.channel.parts.slice(from, to)) fields.push(name, part);
      replies.push(addEntry(turn, from, `${turn.base + to}-0`, ...fields));
    }
    return replies;
  }

  /** Only the first entry may create the stream: after it, a stream that is not there was lost, and is told again. */
  function addEntry(turn: OwnTurn, after: number, id: string, ...fields: string[]): Promise<unknown> {
    const options = turn.base + after > 0 ? ["NOMKSTREAM"] : [];
    return redis.command("XADD", streamKey(turn.id), ...options, id, ...fields);
  }

  async function ask(turn: OwnTurn): Promise<void> {
    const [last] = await redis.command<Entry[]>("XREVRANGE", streamKey(turn.id), "+", "-", "COUNT", "1");
    turn.renewedAt = 0;
    if (!last) {
      turn.sent = 0;
      turn.base = 0;
    } else if (last[0] === END) {
      turn.isOver = true;
    } else {
      const [id, [author]] = last;
      if (author === name) turn.sent = positionOf(id) - turn.base;
      else if (turn.hasSentAny)
        turn.isOver = true; // another process took us for dead, and speaks for this turn
      else {
        turn.base = positionOf(id);
        turn.sent = 0;
      }
    }
  }

  function open(id: string, channel: Channel): OwnTurn {
    const turn = { id, channel, base: 0, sent: 0, hasSentAny: false, isOver: false, renewedAt: 0 };
    turns.set(id, turn);
    return turn;
  }

  function changed(turn: OwnTurn): void {
    wakeAll(turn.channel);
    if (turn.isOver) return;
    waiting.add(turn);
    if (redis.isReady()) flushSoon();
  }

  /** Others than us may have emptied Redis, or a silence may have lasted: the stream of a running turn is renewed, or said again. */
  const renewal = setInterval(() => {
    for (const turn of turns.values()) if (!turn.channel.ended) waiting.add(turn);
    if (redis.isReady()) flushSoon();
  }, silentMs / 3);
  renewal.unref();

  const forgetReady = redis.onReady(() => {
    for (const turn of turns.values()) {
      turn.sent = null;
      if (!turn.isOver || turn.channel.ended) {
        turn.isOver = false;
        waiting.add(turn);
      }
    }
    clearTimeout(timer);
    timer = undefined;
    flushSoon(0);
  });

  return {
    find: (turnId: string): Channel | undefined => {
      const turn = turns.get(turnId);
      return turn?.base === 0 ? turn.channel : undefined;
    },
    /** `adopt` may give the channel of those who follow already. */
    publish(turnId: string, part: string, adopt: () => Channel | undefined): void {
      const turn = turns.get(turnId) ?? open(turnId, adopt() ?? newChannel());
      if (turn.channel.ended) return;
      turn.channel.parts.push(part);
      changed(turn);
    },
    /** False when this process publishes nothing of that turn. */
    end(turnId: string): boolean {
      const turn = turns.get(turnId);
      if (!turn) return false;
      if (turn.channel.ended) return true;
      turn.channel.ended = true;
      changed(turn);
      setTimeout(() => {
        turns.delete(turnId);
        waiting.delete(turn);
      }, keptMs).unref();
      return true;
    },
    async close(): Promise<void> {
      for (const end = Date.now() + CLOSE_MS; waiting.size > 0 || isBusy; ) {
        if (Date.now() > end || !redis.isReady()) break;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      clearInterval(renewal);
      clearTimeout(timer);
      forgetReady();
    },
  };
}

const isTooSmall = (error: unknown) => error instanceof Error && error.message.includes("equal or smaller");
