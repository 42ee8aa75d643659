import "server-only";

/** The wishes to stop, and those of this process who grant them. A wish that comes first is remembered for `keptMs`. */
export function createStops(keptMs: number) {
  const listeners = new Map<string, Set<() => void>>();
  const wishes = new Set<string>();

  return {
    /** False when nobody here runs that turn. */
    ask(turnId: string): boolean {
      const stops = listeners.get(turnId);
      for (const stop of stops ?? []) stop();
      if (stops) return true;
      wishes.add(turnId);
      setTimeout(() => wishes.delete(turnId), keptMs).unref();
      return false;
    },
    listen(turnId: string, stop: () => void): () => void {
      let isAsked = false;
      const once = () => {
        if (!isAsked) stop();
        isAsked = true;
      };
      const stops = listeners.get(turnId) ?? new Set();
      listeners.set(turnId, stops.add(once));
      if (wishes.delete(turnId)) queueMicrotask(once);
      return () => {
        stops.delete(once);
        if (stops.size === 0) listeners.delete(turnId);
      };
    },
    listenedTo: (): Iterable<string> => listeners.keys(),
    /** Grants a wish that was made elsewhere; nothing when the turn runs elsewhere too. */
    grant(turnId: string): void {
      for (const stop of listeners.get(turnId) ?? []) stop();
    },
  };
}
