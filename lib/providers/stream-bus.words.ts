import "server-only";

type Hear = (word: string) => void;
type Unheard = { word: string; timer: NodeJS.Timeout };

/** Far more than agents say in a minute: whoever says as much only makes the oldest be forgotten. */
const UNHEARD_MAX = 5_000;

/**
 * What is said to those who run turns, and those of this process who listen. One word for a key: the first. A word that comes before
 * anyone listens is remembered for `keptMs`.
 */
export function createWords(keptMs: number) {
  const listeners = new Map<string, Set<Hear>>();
  const unheard = new Map<string, Unheard>();

  const forget = (key: string): void => {
    clearTimeout(unheard.get(key)?.timer);
    unheard.delete(key);
  };

  const remember = (key: string, word: string): void => {
    if (unheard.has(key)) return;
    unheard.set(key, { word, timer: setTimeout(() => unheard.delete(key), keptMs).unref() });
    const [oldest] = unheard.keys();
    if (unheard.size > UNHEARD_MAX && oldest !== undefined) forget(oldest);
  };

  const tellAll = (key: string, word: string): boolean => {
    const heard = listeners.get(key);
    for (const hear of heard ?? []) hear(word);
    return heard !== undefined;
  };

  return {
    /** False when nobody here listens. */
    say(key: string, word: string): boolean {
      if (tellAll(key, word)) return true;
      remember(key, word);
      return false;
    },
    listen(key: string, hear: Hear): () => void {
      let isHeard = false;
      const once = (word: string) => {
        if (!isHeard) hear(word);
        isHeard = true;
      };
      const all = listeners.get(key) ?? new Set();
      listeners.set(key, all.add(once));
      const early = unheard.get(key);
      if (early) {
        forget(key);
        queueMicrotask(() => once(early.word));
      }
      return () => {
        isHeard = true; // nor what is on its way
        all.delete(once);
        // Another may listen since.
        if (all.size === 0 && listeners.get(key) === all) listeners.delete(key);
      };
    },
    listenedTo: (): Iterable<string> => listeners.keys(),
    isListenedTo: (key: string): boolean => listeners.has(key),
    /** A word that was said elsewhere; nothing when its listener is elsewhere too. */
    pass: (key: string, word: string): void => void tellAll(key, word),
  };
}
