import "server-only";

/** The parts of a turn as this process knows them. */
export type Channel = {
  readonly parts: string[];
  ended: boolean;
  /** Wakes the followers that wait for a part. */
  readonly wake: Set<() => void>;
};

export const newChannel = (): Channel => ({ parts: [], ended: false, wake: new Set() });

export function wakeAll(channel: Channel): void {
  for (const wake of channel.wake) wake();
}

/** The parts from position `from`, then each new one, until the turn ends or the signal fires. */
export async function* followChannel(channel: Channel, signal: AbortSignal, from: number): AsyncGenerator<string> {
  let resolveChange = () => {};
  const wake = () => resolveChange();
  const leave = () => {
    channel.wake.delete(wake);
    wake();
  };
  channel.wake.add(wake);
  signal.addEventListener("abort", leave);
  try {
    for (let position = from; !signal.aborted; ) {
      const part = channel.parts[position];
      if (part !== undefined) {
        position += 1;
        yield part;
      } else if (channel.ended) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          resolveChange = resolve;
        });
      }
    }
  } finally {
    channel.wake.delete(wake);
    signal.removeEventListener("abort", leave);
  }
}
