import "server-only";
import { performance as measures } from "node:perf_hooks";

/*
 * Each piece of an answer costs the same whatever its length, from the model to the browser. So what arrived together
 * travels together, and when the machine is busy a little time is given for more to arrive.
 */

export const WINDOW_MS_MAX = 100;
/** The first pieces never wait: they are what the agent is looking for. */
const IMMEDIATE_PIECES = 8;
const MS_PER_STREAM = 0.5;
/** A wait that is worth sleeping for. */
const SLEEP_MS_MIN = 10;
/** Beyond this share of its time, the event loop is busy. */
const BUSY_FROM = 0.5;
const LOOK_EVERY_MS = 250;
/** What may wait for a reader that does not read. */
const HELD_BYTES_MAX = 1_000_000;

type Load = {
  streams: number;
  busy: number;
  lookedAt: number;
  last: ReturnType<typeof measures.eventLoopUtilization>;
};

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantStreamLoad?: Load };

function load(): Load {
  shared.assistantStreamLoad ??= { streams: 0, busy: 0, lookedAt: 0, last: measures.eventLoopUtilization() };
  return shared.assistantStreamLoad;
}

/** How long pieces may wait for each other now: nothing on an idle machine, more with each stream that runs. */
function windowMs(): number {
  const now = load();
  if (performance.now() - now.lookedAt > LOOK_EVERY_MS) {
    const current = measures.eventLoopUtilization();
    now.busy = measures.eventLoopUtilization(current, now.last).utilization;
    now.last = current;
    now.lookedAt = performance.now();
  }
  return windowFor(now);
}

/** `busy`: the share of its time that the event loop spends at work. */
export const windowFor = ({ streams, busy }: { streams: number; busy: number }): number =>
  Math.min(
    WINDOW_MS_MAX,
    Math.max(streams < 2 ? 0 : streams * MS_PER_STREAM, (WINDOW_MS_MAX * (busy - BUSY_FROM)) / (1 - BUSY_FROM)),
  );

/** Where bytes come from. They are given from the moment `listen` is called, until `end`. */
export type ByteSource = {
  listen(hear: { bytes: (bytes: Uint8Array) => void; end: (failure?: { error: unknown }) => void }): void;
  pause(): void;
  resume(): void;
  /** Leaves what comes in the network's own memory until `wake`: read later, at once, for the price of one piece. */
  sleep(): void;
  wake(): void;
  cancel(reason: unknown): void;
};

/**
 * The bytes of a source, in fewer pieces. They are taken as soon as they come, so that none is lost when the source fails: its
 * end and its failure are told at once, after what came before them. A reader who leaves hangs up at once.
 */
export function gathered(source: ByteSource, window: () => number = windowMs): ReadableStream<Uint8Array> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let end: { failure?: { error: unknown } } | null = null;
  let isPaused = false;
  let isAsleep = false;
  let given = 0;
  let givenAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let wake = () => {};

  function finish(how: { failure?: { error: unknown } }): void {
    if (end) return;
    end = how;
    load().streams -= 1;
    clearTimeout(timer);
    if (isAsleep) source.wake(); // the connection may serve again
    wake();
  }

  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  /** Resolves when there is something to give and it has waited enough, or at the end. */
  async function ready(): Promise<void> {
    while (!end && (held.length === 0 || isAsleep)) await change();
    const waitMs = given < IMMEDIATE_PIECES ? 0 : givenAt + window() - performance.now();
    if (end || waitMs <= 0) return;
    timer = setTimeout(() => wake(), waitMs);
    await change();
    clearTimeout(timer);
  }

  function take(): Uint8Array {
    const taken = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
    held = [];
    heldBytes = 0;
    given += 1;
    givenAt = performance.now();
    if (isPaused) source.resume();
    isPaused = false;
    if (given >= IMMEDIATE_PIECES) sleep(window());
    return taken;
  }

  function sleep(ms: number): void {
    if (end || ms < SLEEP_MS_MIN) return;
    isAsleep = true;
    source.sleep();
    timer = setTimeout(() => {
      source.wake();
      // What waits is read before the next check of the event loop.
      setImmediate(() => {
        isAsleep = false;
        wake();
      });
    }, ms);
  }

  load().streams += 1;
  source.listen({
    bytes(bytes) {
      held.push(bytes);
      heldBytes += bytes.byteLength;
      if (heldBytes > HELD_BYTES_MAX && !isPaused) {
        isPaused = true;
        source.pause();
      }
      if (held.length === 1) wake();
    },
    end: (failure) => finish(failure ? { failure } : {}),
  });

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await ready();
        if (held.length > 0) controller.enqueue(take());
        else if (end?.failure) controller.error(end.failure.error);
        else controller.close();
      },
      cancel(reason) {
        clearTimeout(timer);
        finish({});
        source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

type Delta = { type: "text" | "reasoning"; delta: string };

/** The same events with the deltas of one kind that follow each other made one; anything else stays where it is. */
export function mergeDeltas<T extends { type: string }>(events: readonly (T | Delta)[]): (T | Delta)[] {
  const merged: (T | Delta)[] = [];
  for (const event of events) {
    const last = merged.at(-1);
    if (isDelta(event) && last && isDelta(last) && last.type === event.type)
      merged[merged.length - 1] = { type: last.type, delta: last.delta + event.delta };
    else merged.push(event);
  }
  return merged;
}

const isDelta = (event: { type: string }): event is Delta => event.type === "text" || event.type === "reasoning";
