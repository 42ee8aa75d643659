export type JournalOptions<T> = {
  /** Gives what to save now. */
  snapshot: () => T;
  save: (snapshot: T) => Promise<void>;
  onSaveFailed: (error: unknown) => void;
  everyMs?: number;
};

/** Saves an answer being written on a clock, instead of once per token. */
export function createJournal<T>({ snapshot, save, onSaveFailed, everyMs = 400 }: JournalOptions<T>) {
  let changed = false;
  let writing = Promise.resolve();

  function flush(): void {
    if (!changed) return;
    changed = false;
    const taken = snapshot();
    // Chained, so that an older snapshot can never land on top of a newer one.
    writing = writing
      .then(() => save(taken))
      .catch((error) => {
        changed = true; // the next tick tries again, with more text
        onSaveFailed(error);
      });
  }

  const timer = setInterval(flush, everyMs);

  return {
    /** To be called after each change of what `snapshot` gives. */
    touch(): void {
      changed = true;
    },
    /** Stops the clock and waits for the save under way. What came since is saved by whoever ends the turn. */
    close(): Promise<void> {
      clearInterval(timer);
      return writing;
    },
  };
}
