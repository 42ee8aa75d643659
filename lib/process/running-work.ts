import "server-only";

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantRunningWork?: Set<Promise<unknown>> };

function running(): Set<Promise<unknown>> {
  shared.assistantRunningWork ??= new Set();
  return shared.assistantRunningWork;
}

/** Work that outlives its request, such as a turn: the process waits for it before it ends. */
export function keepProcessFor<T>(work: Promise<T>): Promise<T> {
  const settled = work.then(
    () => {},
    () => {}, // its owner handles the failure; here only its end matters
  );
  running().add(settled);
  void settled.then(() => running().delete(settled));
  return work;
}

/** Resolves when nothing runs any more, or after `timeoutMs`. */
export async function untilWorkEnds(timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (running().size > 0 && Date.now() < end) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, end - Date.now());
    });
    await Promise.race([Promise.all(running()), late]);
    clearTimeout(timer);
  }
}
