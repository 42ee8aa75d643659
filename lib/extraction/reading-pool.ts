import { availableParallelism } from "node:os";
import { type Extraction, ExtractionError } from "./extraction.ts";
import { type Order, type Outcome, type ReadingChild, startReadingChild, type Wishes } from "./reading-child.ts";
import type { Recognition } from "./reading-messages.ts";

const IDLE_MS = 60_000;
/**
 * A process that kept more than this share of what it may take is replaced: the next file would pay for this one. What
 * recognises keeps its languages from one picture to the next.
 */
const KEPT_SHARE = { read: 0.4, recognise: 0.75, clean: 0.4, draw: 0.4 };

export type ReadingPool = {
  /** Rejects with an ExtractionError, or with the reason of the signal. */
  read(file: { path: string; fileName: string; password?: string | undefined }, wishes?: Wishes): Promise<Extraction>;
  /** The text of a picture, or of a page of a PDF, from 1. */
  recognise(image: { path: string; page?: number | undefined }, wishes?: Wishes): Promise<Recognition>;
  /** A picture as `cleanImage` makes it. */
  clean(image: { path: string; sidePixelsMax: number }, wishes?: Wishes): Promise<Uint8Array>;
  /** A picture, or a page of a PDF, from 1, as a JPEG whose text can be recognised elsewhere. */
  draw(image: { path: string; page?: number | undefined }, wishes?: Wishes): Promise<Uint8Array>;
  /** Kills what runs; what waits is rejected. */
  close(): void;
};

export type ReadingPoolOptions = {
  /** How many files are read at a time. By default one less than there are cores. */
  size?: number | undefined;
  /** Of one process, at most. */
  memoryBytes?: number | undefined;
  /** For one file, from the moment its reading begins. */
  timeoutMs?: number | undefined;
  idleMs?: number | undefined;
  /** Instead of the product's own, for tests. */
  script?: string | undefined;
};

type Waiting = {
  order: Order;
  wishes: Wishes;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
  leave: () => void;
};
type Place = {
  child: ReadingChild | null;
  /** What its process did last. */
  served: Order["kind"] | null;
  isBusy: boolean;
  idle: NodeJS.Timeout | undefined;
};

/** Processes in which files are read, started when there is something to read. What one of them suffers, no other file does. */
export function createReadingPool({
  size = Math.max(1, availableParallelism() - 1),
  memoryBytes = 512 * 1_048_576,
  timeoutMs = 120_000,
  idleMs = IDLE_MS,
  script,
}: ReadingPoolOptions = {}): ReadingPool {
  const places: Place[] = Array.from({ length: size }, () => ({
    child: null,
    served: null,
    isBusy: false,
    idle: undefined,
  }));
  const queue: Waiting[] = [];
  let isClosed = false;

  function ask(order: Order, wishes: Wishes): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      wishes.signal?.throwIfAborted();
      if (isClosed) throw new ExtractionError("unexpected");
      const waiting: Waiting = { order, wishes, resolve, reject, leave: () => leave(waiting) };
      queue.push(waiting);
      wishes.signal?.addEventListener("abort", waiting.leave);
      next();
    });
  }

  function leave(waiting: Waiting): void {
    const index = queue.indexOf(waiting);
    if (index < 0) return;
    queue.splice(index, 1);
    waiting.reject(waiting.wishes.signal?.reason);
  }

  function next(): void {
    while (queue[0]) {
      const place = findPlace(queue[0].order.kind);
      const waiting = place && queue.shift();
      if (!waiting) return;
      void serve(place, waiting);
    }
  }

  /** One that does this already, then one without a process, then any. */
  function findPlace(kind: Order["kind"]): Place | undefined {
    const free = places.filter(({ isBusy }) => !isBusy);
    return free.find(({ served }) => served === kind) ?? free.find(({ child }) => child === null) ?? free[0];
  }

  async function serve(place: Place, { order, wishes, resolve, reject, leave }: Waiting): Promise<void> {
    wishes.signal?.removeEventListener("abort", leave);
    place.isBusy = true;
    clearTimeout(place.idle);
    const keptBytesMax = memoryBytes * KEPT_SHARE[order.kind];
    if (place.child && (!place.child.isAlive() || place.child.memoryBytes() > keptBytesMax)) dismiss(place);
    place.child ??= startReadingChild({ memoryBytes, timeoutMs, script });
    place.served = order.kind;
    const { child } = place;
    await child.obey(order, wishes).then(resolve, reject);
    place.isBusy = false;
    if (isClosed || !child.isAlive() || child.memoryBytes() > keptBytesMax) dismiss(place);
    else {
      place.idle = setTimeout(() => dismiss(place), idleMs);
      place.idle.unref();
    }
    next();
  }

  function dismiss(place: Place): void {
    place.child?.kill();
    place.child = null;
    place.served = null;
  }

  return {
    async read(file, wishes = {}) {
      const outcome = await ask({ kind: "read", ...file }, wishes);
      if (!("extraction" in outcome)) throw new ExtractionError("unexpected");
      return outcome.extraction;
    },
    async recognise(image, wishes = {}) {
      const outcome = await ask({ kind: "recognise", ...image }, wishes);
      if (!("recognition" in outcome)) throw new ExtractionError("unexpected");
      return outcome.recognition;
    },
    async clean(image, wishes = {}) {
      const outcome = await ask({ kind: "clean", ...image }, wishes);
      if (!("image" in outcome)) throw new ExtractionError("unexpected");
      return outcome.image;
    },
    async draw(image, wishes = {}) {
      const outcome = await ask({ kind: "draw", ...image }, wishes);
      if (!("image" in outcome)) throw new ExtractionError("unexpected");
      return outcome.image;
    },
    close() {
      isClosed = true;
      for (const { reject } of queue.splice(0)) reject(new ExtractionError("unexpected"));
      for (const place of places) {
        clearTimeout(place.idle);
        dismiss(place);
      }
    },
  };
}
