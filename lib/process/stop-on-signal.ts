import "server-only";
import { untilWorkEnds } from "./running-work.ts";
import { beginStopping } from "./stopping.ts";

/** How long running turns may take to end once the process is asked to stop. */
const DRAIN_MS = 30_000;

/** On SIGTERM or SIGINT: says it is stopping, lets running work end, closes what must be closed, exits with code 0. */
export function stopOnSignal(close: () => Promise<void>): void {
  const stop = async () => {
    if (!beginStopping()) return;
    await untilWorkEnds(DRAIN_MS);
    await close().catch((error: unknown) => console.error("close failed", error instanceof Error ? error.name : ""));
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
}
