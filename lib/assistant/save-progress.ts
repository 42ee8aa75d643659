import "server-only";
import { type Progress, saveProgress } from "@/lib/turns/mutations";

/** How long a save may wait for others. */
const GATHER_MS = 100;
/** A larger transaction would hold its rows for longer than one likes. */
const TOGETHER_MAX = 40;

type Waiting = Progress & { resolve: () => void; reject: (error: unknown) => void };

let waiting: Waiting[] = [];

/**
 * Saves the progress of a turn with that of the others that run in this process: two hundred turns are then ten
 * transactions a second, not four hundred.
 */
export function saveProgressSoon(progress: Progress): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ ...progress, resolve, reject });
    if (waiting.length === 1) setTimeout(saveWaiting, GATHER_MS);
    else if (waiting.length === TOGETHER_MAX) saveWaiting();
  });
}

function saveWaiting(): void {
  const together = waiting;
  waiting = [];
  if (together.length > 0) void saveTogether(together);
}

async function saveTogether(saves: Waiting[]): Promise<void> {
  try {
    await saveProgress(saves);
    for (const { resolve } of saves) resolve();
  } catch (error) {
    if (saves.length === 1) return saves[0]?.reject(error);
    // One of them may be the cause: each is then saved alone, so that it harms no other.
    for (const save of saves) await saveTogether([save]);
  }
}
