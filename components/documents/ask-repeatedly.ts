/** When nothing goes wrong. */
const EVERY_MS = 700;
const SLOWEST_MS = 10_000;

/** What came of asking: nothing more is awaited, something is, or no answer came. */
export type Asked = "done" | "waiting" | "failed";

/**
 * Asks again and again until nothing more is awaited. Ever more slowly while no answer comes, and not all tabs at once; not at all
 * while nobody looks or there is no network, and at once when they are back. `start` says that there is something to await.
 */
export function askRepeatedly(ask: () => Promise<Asked>): { start: () => void } {
  let isAsking = false;
  let isWanted = false;

  async function askUntilDone(): Promise<void> {
    isAsking = true;
    for (let failures = 0; isWanted; ) {
      await pause(waitMs(failures, Math.random()));
      await untilWorthIt();
      isWanted = false;
      const asked = await ask();
      if (asked !== "done") isWanted = true;
      failures = asked === "failed" ? failures + 1 : 0;
    }
    isAsking = false;
  }

  return {
    start() {
      isWanted = true;
      if (!isAsking) void askUntilDone();
    },
  };
}

/** Doubled by each failure up to ten seconds, of which between half and all is waited. */
export function waitMs(failures: number, random: number): number {
  if (failures === 0) return EVERY_MS;
  return Math.min(EVERY_MS * 2 ** failures, SLOWEST_MS) * (0.5 + random / 2);
}

/** Ends sooner when the network is back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener("online", end);
  });
}

const isWorthIt = () => document.visibilityState === "visible" && navigator.onLine;

function untilWorthIt(): Promise<void> {
  if (isWorthIt()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!isWorthIt()) return;
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
  });
}
