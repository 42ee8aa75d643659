import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Extraction, ExtractionError, type ExtractionFailure } from "./extraction.ts";
import { memoryOf } from "./process-memory.ts";
import {
  createAssembly,
  type ReadingMessage,
  type ReadingOrder,
  type Recognition,
  type Usage,
} from "./reading-messages.ts";
import type { WebReading } from "./web-page.ts";

const WATCH_EVERY_MS = 100;
/** Of the heap of JavaScript: the rest is for its code, the bytes of the file, images being decoded. */
const HEAP_SHARE = 0.6;

/** An order as its caller gives it. */
export type Order = ReadingOrder extends infer One ? (One extends ReadingOrder ? Omit<One, "id"> : never) : never;
export type Outcome =
  | { extraction: Extraction }
  | { recognition: Recognition }
  | { image: Uint8Array }
  | { file: Uint8Array }
  | { web: WebReading };

/** What one order cost. */
export type ReadingUsage = { milliseconds: number; peakMemoryBytes: number };

export type ChildOptions = {
  memoryBytes: number;
  timeoutMs: number;
  /** Instead of the product's own, for tests. */
  script?: string | undefined;
};

export type ReadingChild = ReturnType<typeof startReadingChild>;

/** A process that obeys one order at a time. It is killed when it takes too much memory or time, or when its caller gives up. */
export function startReadingChild({ memoryBytes, timeoutMs, script }: ChildOptions) {
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${Math.floor((memoryBytes * HEAP_SHARE) / 1_048_576)}`, script ?? productScript()],
    { stdio: ["ignore", "ignore", "ignore", "ipc"], serialization: "advanced", env: environment(), windowsHide: true },
  );
  let current: Running | null = null;
  let lastMemoryBytes = 0;
  let orders = 0;
  let isAlive = true;

  const watch = setInterval(() => look(memoryOf(child.pid ?? -1)), WATCH_EVERY_MS);
  watch.unref();

  function look(bytes: number | null): void {
    if (bytes === null) return;
    lastMemoryBytes = bytes;
    if (current) current.peakMemoryBytes = Math.max(current.peakMemoryBytes, bytes);
    if (bytes > memoryBytes) fail("too_much_memory");
  }

  function hear(message: ReadingMessage): void {
    if (message.kind === "memory") look(message.bytes);
    else if (current && message.id === current.id) {
      if ("usage" in message) note(current, message.usage);
      if (message.kind === "read") end({ extraction: current.assembly.finish(message.rest) });
      else if (message.kind === "recognised") end({ recognition: message.recognition });
      else if (message.kind === "pictured") end({ image: message.image });
      else if (message.kind === "written") end({ file: message.file });
      else if (message.kind === "web") end({ web: message.reading });
      else if (message.kind === "failed") end(new ExtractionError(message.code));
      else current.assembly.add(message);
    }
  }

  function note(running: Running, usage: Usage): void {
    lastMemoryBytes = usage.memoryBytes;
    // Its highest mark is that of all its orders.
    const peak = orders === 1 ? usage.peakMemoryBytes : usage.memoryBytes;
    running.peakMemoryBytes = Math.max(running.peakMemoryBytes, peak);
  }

  function end(outcome: Outcome | Error): void {
    const ended = current;
    current = null;
    if (!ended) return;
    clearTimeout(ended.deadline);
    ended.signal?.removeEventListener("abort", ended.giveUp);
    ended.report?.({ milliseconds: performance.now() - ended.startedAt, peakMemoryBytes: ended.peakMemoryBytes });
    rest(child, true);
    if (outcome instanceof Error) ended.reject(outcome);
    else ended.resolve(outcome);
  }

  function kill(): void {
    isAlive = false;
    clearInterval(watch);
    child.kill("SIGKILL");
  }

  function fail(code: ExtractionFailure): void {
    kill();
    end(new ExtractionError(code));
  }

  child.on("message", hear);
  // V8 aborts when its heap is full.
  child.on("exit", (code, signal) => fail(signal === "SIGABRT" || code === 134 ? "too_much_memory" : "damaged"));
  child.on("error", () => fail("unexpected"));
  rest(child, true);

  return {
    isAlive: () => isAlive,
    memoryBytes: () => lastMemoryBytes,
    kill,
    obey(order: Order, { signal, report }: Wishes): Promise<Outcome> {
      return new Promise((resolve, reject) => {
        orders += 1;
        const giveUp = () => {
          kill();
          end(toError(signal?.reason));
        };
        const deadline = setTimeout(() => fail("too_long"), timeoutMs);
        const startedAt = performance.now();
        const assembly = createAssembly();
        current = {
          id: orders,
          assembly,
          startedAt,
          peakMemoryBytes: 0,
          deadline,
          signal,
          giveUp,
          report,
          resolve,
          reject,
        };
        signal?.addEventListener("abort", giveUp);
        rest(child, false);
        child.send({ ...order, id: orders } satisfies ReadingOrder, (error) => {
          if (error) fail("unexpected");
        });
      });
    },
  };
}

export type Wishes = {
  signal?: AbortSignal | undefined;
  /** Told once, before the promise settles. */
  report?: ((usage: ReadingUsage) => void) | undefined;
};

type Running = Wishes & {
  id: number;
  assembly: ReturnType<typeof createAssembly>;
  startedAt: number;
  peakMemoryBytes: number;
  deadline: NodeJS.Timeout;
  giveUp: () => void;
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
};

const toError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new DOMException("aborted", "AbortError");

/** A process at rest keeps no one from ending. */
function rest(child: ChildProcess, isAtRest: boolean): void {
  const { channel } = child;
  if (isAtRest) {
    child.unref();
    channel?.unref();
  } else {
    child.ref();
    channel?.ref();
  }
}

/** From the root of the project, where the application runs: Next bundles this file, not the one that reads. */
const productScript = (): string => join(process.cwd(), "lib", "extraction", "reading-process.ts");

/** Nothing of ours: who reads needs neither keys nor addresses. */
const environment = (): NodeJS.ProcessEnv => ({
  NODE_ENV: "production",
  NODE_NO_WARNINGS: "1",
  TMPDIR: tmpdir(),
  TEMP: tmpdir(),
});
