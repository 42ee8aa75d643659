import "server-only";
import type { StreamBus } from "./stream-bus";

type Channel = {
  parts: string[];
  ended: boolean;
  /** Wakes the followers that wait for a part. */
  wake: Set<() => void>;
};

export type MemoryBusOptions = {
  /** How long an ended turn can still be read. */
  keptMs?: number;
};

/** One process only: another one neither sees these turns nor stops them. */
export function createMemoryBus({ keptMs = 60_000 }: MemoryBusOptions = {}): StreamBus {
  const channels = new Map<string, Channel>();
  const stops = new Map<string, Set<() => void>>();

  const open = (turnId: string): Channel => {
    const channel = channels.get(turnId) ?? { parts: [], ended: false, wake: new Set() };
    channels.set(turnId, channel);
    return channel;
  };
  const wakeAll = (channel: Channel) => {
    for (const wake of channel.wake) wake();
  };

  return {
    async publish(turnId, part) {
      const channel = open(turnId);
      if (channel.ended) return;
      channel.parts.push(part);
      wakeAll(channel);
    },
    async end(turnId) {
      const channel = channels.get(turnId);
      if (!channel || channel.ended) return;
      channel.ended = true;
      wakeAll(channel);
      setTimeout(() => channels.delete(turnId), keptMs).unref();
    },
    follow(turnId, signal, from = 0) {
      return followChannel(channels.get(turnId), signal, from);
    },
    async requestStop(turnId) {
      for (const stop of stops.get(turnId) ?? []) stop();
    },
    onStop(turnId, stop) {
      const listeners = stops.get(turnId) ?? new Set();
      stops.set(turnId, listeners.add(stop));
      return () => {
        listeners.delete(stop);
        if (listeners.size === 0) stops.delete(turnId);
      };
    },
  };
}

async function* followChannel(channel: Channel | undefined, signal: AbortSignal, from: number): AsyncGenerator<string> {
  if (!channel) return;
  for (let position = from; !signal.aborted; ) {
    const part = channel.parts[position];
    if (part !== undefined) {
      position += 1;
      yield part;
    } else if (channel.ended) {
      return;
    } else {
      await nextChange(channel, signal);
    }
  }
}

function nextChange(channel: Channel, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      channel.wake.delete(done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    channel.wake.add(done);
    signal.addEventListener("abort", done);
  });
}
