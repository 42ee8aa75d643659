import "server-only";
import type { StreamBus } from "./stream-bus";
import { type Channel, followChannel, newChannel, wakeAll } from "./stream-bus.channel";
import { createStops } from "./stream-bus.stops";

export type MemoryBusOptions = {
  /** How long an ended turn can still be read. */
  keptMs?: number;
};

/** One process only: another one neither sees these turns nor stops them. */
export function createMemoryBus({ keptMs = 60_000 }: MemoryBusOptions = {}): StreamBus {
  const channels = new Map<string, Channel>();
  const stops = createStops(keptMs);

  const open = (turnId: string): Channel => {
    const channel = channels.get(turnId) ?? newChannel();
    channels.set(turnId, channel);
    return channel;
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
      const channel = channels.get(turnId);
      return followChannel(channel ?? { ...newChannel(), ended: true }, signal, from);
    },
    async requestStop(turnId) {
      stops.ask(turnId);
    },
    onStop: stops.listen,
    async close() {},
  };
}
