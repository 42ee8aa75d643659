import "server-only";
import { createMemoryBus } from "./stream-bus.memory";

/** Carries a running turn to whoever follows it, and the wish to stop it to whoever runs it. */
export type StreamBus = {
  /** Adds a part, for those who follow now and those who come later. */
  publish(turnId: string, part: string): Promise<void>;
  /** Nothing more will be published. The parts can still be read for a minute, then they are forgotten. */
  end(turnId: string): Promise<void>;
  /**
   * Every part from the place `from` on (0: the first), then each new one; ends with the turn or with `signal`. Nothing when
   * the turn is unknown.
   */
  follow(turnId: string, signal: AbortSignal, from?: number): AsyncIterable<string>;
  requestStop(turnId: string): Promise<void>;
  /** Calls `stop` when someone asks for it; the function returned forgets it. */
  onStop(turnId: string, stop: () => void): () => void;
};

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantStreamBus?: StreamBus };

export function streamBus(): StreamBus {
  shared.assistantStreamBus ??= createMemoryBus();
  return shared.assistantStreamBus;
}
