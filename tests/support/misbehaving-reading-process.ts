import { endWithParent } from "../../lib/extraction/end-with-parent.ts";
import type { ReadingMessage, ReadingOrder } from "../../lib/extraction/reading-messages.ts";

/* In place of the process that reads: what it suffers is in the name of the file. */
endWithParent();

const send = (message: ReadingMessage) => process.send?.(message);
const usage = () => ({ memoryBytes: process.memoryUsage.rss(), peakMemoryBytes: process.memoryUsage.rss() });

const languages: Buffer[] = [];

process.on("message", async (order: ReadingOrder) => {
  const misfortune = order.kind === "read" ? order.fileName : null;
  const held: Buffer[] = [];
  const heap: unknown[] = [];
  if (misfortune === "loop") for (;;);
  if (misfortune === "memory") for (;;) held.push(Buffer.alloc(4_000_000, 1));
  if (misfortune === "heap") for (;;) heap.push({ heap: heap.length });
  if (misfortune === "crash") process.kill(process.pid, "SIGSEGV");
  if (misfortune === "abort") process.abort();
  if (misfortune === "exit") process.exit(3);
  if (misfortune === "slow") await new Promise((resolve) => setTimeout(resolve, 300));
  if (misfortune === "fat") Object.assign(globalThis, { kept: Buffer.alloc(150_000_000, 1) });
  const { id } = order;
  if (order.kind === "recognise") {
    if (languages.length === 0) languages.push(Buffer.alloc(100_000_000, 1));
    send({
      id,
      kind: "recognised",
      recognition: { text: String(process.pid), places: [], confidence: 90 },
      usage: usage(),
    });
    return;
  }
  send({ id, kind: "page", page: { kind: "section", label: null, text: String(process.pid) } });
  send({ id, kind: "read", rest: { type: "txt", language: null, warnings: [] }, usage: usage() });
});
