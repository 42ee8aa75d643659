type Waiter = { host: string; start: () => void };

/** Takes a place for a request to a host, and returns what gives it back. Waits for one; rejects with the signal's reason. */
export type TakeSlot = (host: string, signal: AbortSignal) => Promise<() => void>;

/** At most so many requests at a time to one host, and in all. Those that wait go in their order, as far as hosts allow. */
export function createHostSlots({ perHost, overall }: { perHost: number; overall: number }): TakeSlot {
  const busy = new Map<string, number>();
  const waiting = new Set<Waiter>();
  let total = 0;

  const isFree = (host: string) => total < overall && (busy.get(host) ?? 0) < perHost;

  const take = (host: string) => {
    total++;
    busy.set(host, (busy.get(host) ?? 0) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      total--;
      const left = (busy.get(host) ?? 0) - 1;
      if (left > 0) busy.set(host, left);
      else busy.delete(host);
      startNext();
    };
  };

  const startNext = () => {
    for (const waiter of waiting) {
      if (total >= overall) return;
      if (isFree(waiter.host)) waiter.start();
    }
  };

  return (host, signal) => {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (isFree(host)) return Promise.resolve(take(host));
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(waiter);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        host,
        start: () => {
          waiting.delete(waiter);
          signal.removeEventListener("abort", giveUp);
          resolve(take(host));
        },
      };
      waiting.add(waiter);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  };
}
