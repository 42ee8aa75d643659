import "server-only";
import type { StreamBus } from "./stream-bus";
import { type Channel, followChannel, newChannel, wakeAll } from "./stream-bus.channel";
import { createWords } from "./stream-bus.words";

export type MemoryBusOptions = {
  /** How long an ended turn can still be read. */
  keptMs?: number;
  /** How long the first part of a turn is waited for: it is being opened, or unknown. */
  unknownMs?: number;
};

/** One process only: another one neither sees these turns nor stops them. */
export function createMemoryBus({ keptMs = 60_000, unknownMs = 500 }: MemoryBusOptions = {}): StreamBus {
  const channels = new Map<string, Channel>();
  const words = createWords(keptMs);

  const open = (turnId: string): Channel => {
    const channel = channels.get(turnId) ?? newChannel();
    channels.set(turnId, channel);
    return channel;
  };

  function expected(turnId: string): Channel {
    const channel = open(turnId);
    setTimeout(() => {
      if (channel.parts.length > 0) return;
      channel.ended = true;
      channels.delete(turnId);
      wakeAll(channel);
    }, unknownMs).unref();
    return channel;
  }

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
      return followChannel(channels.get(turnId) ?? expected(turnId), signal, from);
    },
    async tell(key, word) {
      words.say(key, word);
    },
    onTold: words.listen,
    async close() {},
  };
}
