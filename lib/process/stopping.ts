import "server-only";

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantIsStopping?: boolean };

/** True from the moment the process was asked to stop: it still finishes what runs, and begins nothing new. */
export function isStopping(): boolean {
  return shared.assistantIsStopping === true;
}

/** False when it was stopping already. */
export function beginStopping(): boolean {
  if (isStopping()) return false;
  shared.assistantIsStopping = true;
  return true;
}
