import { availableParallelism } from "node:os";
import type { WriteOrder } from "../export/write-order.ts";
import { type Extraction, ExtractionError } from "./extraction.ts";
import { type Order, type Outcome, type ReadingChild, startReadingChild, type Wishes } from "./reading-child.ts";
import type { Recognition } from "./reading-messages.ts";
import type { WebOrder, WebReading } from "./web-page.ts";

const IDLE_MS = 60_000;
/**
 * A process that kept more than this share of what it may take is replaced: the next file would pay for this one. What
 * recognises keeps its languages from one picture to the next.
 */
const KEPT_SHARE = { read: 0.4, recognise: 0.75, clean: 0.4, draw: 0.4, web: 0.6, write: 0.5 };

export type ReadingPool = {
  /** Rejects with an ExtractionError, or with the reason of the signal. */
  read(file: { path: string; fileName: string; password?: string | undefined }, wishes?: Wishes): Promise<Extraction>;
  /** The text of a picture, or of a page of a PDF, from 1. */
  recognise(image: { path: string; page?: number | undefined }, wishes?: Wishes): Promise<Recognition>;
  /** A picture as `cleanImage` makes it. */
  clean(image: { path: string; sidePixelsMax: number }, wishes?: Wishes): Promise<Uint8Array>;
  /** A picture, or a page of a PDF, from 1, as a JPEG whose text can be recognised elsewhere. */
  draw(image: { path: string; page?: number | undefined }, wishes?: Wishes): Promise<Uint8Array>;
  /**
   * What an address gave, as a page; the reasons why it has none that can be read. Whoever gives up leaves the process to end by
   * itself, in the few seconds it has: those who follow would wait for another to start.
   */
  readWeb(page: WebOrder, wishes?: Wishes): Promise<WebReading>;
  /** A conversation, as a file to take away. */
  write(order: WriteOrder, wishes?: Wishes): Promise<Uint8Array>;
  /** Starts what processes are missing: something is about to be read. */
  warm(): void;
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
    const { signal: _, ...patient } = wishes;
    await child.obey(order, order.kind === "web" ? patient : wishes).then(resolve, reject);
    place.isBusy = false;
    if (isClosed || !child.isAlive() || child.memoryBytes() > keptBytesMax) dismiss(place);
    else rest(place);
    next();
  }

  function rest(place: Place): void {
    clearTimeout(place.idle);
    place.idle = setTimeout(() => dismiss(place), idleMs);
    place.idle.unref();
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
    async readWeb(page, wishes = {}) {
      const reading = ask({ kind: "web", ...page }, wishes);
      const outcome = await (wishes.signal ? Promise.race([reading, untilAborted(wishes.signal)]) : reading);
      if (!("web" in outcome)) throw new ExtractionError("unexpected");
      return outcome.web;
    },
    async write(order, wishes = {}) {
      const outcome = await ask({ kind: "write", ...order }, wishes);
      if (!("file" in outcome)) throw new ExtractionError("unexpected");
      return outcome.file;
    },
    warm() {
      for (const place of places) {
        if (isClosed || place.child || place.isBusy) continue;
        place.child = startReadingChild({ memoryBytes, timeoutMs, script });
        rest(place);
      }
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

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
