import "server-only";
import { streamBus } from "@/lib/providers/stream-bus";
import type { CallWord } from "./schema";

/** How long the agent may take to let a query leave, or an address be opened. */
export const CONFIRM_MS = 180_000;

const keyOf = (turnId: string, callId: string, kind: CallWord["kind"]) => `${turnId} ${kind} ${callId}`;

/** What the agent says to a call of a tool, wherever its turn runs; only the first of each kind is heard. */
export const sayToCall = (turnId: string, callId: string, word: CallWord): Promise<void> =>
  streamBus().tell(keyOf(turnId, callId, word.kind), word.kind === "send" ? word.query : "");

type Call = { turnId: string; callId: string; signal: AbortSignal };

/** Fires when the agent waits for a call no more, or when `signal` does. `forget` when the call ends. */
export function skipSignal({ turnId, callId, signal }: Call): {
  signal: AbortSignal;
  isSkipped: () => boolean;
  forget: () => void;
} {
  const skip = new AbortController();
  const forget = streamBus().onTold(keyOf(turnId, callId, "skip"), () => skip.abort());
  return { signal: AbortSignal.any([signal, skip.signal]), isSkipped: () => skip.signal.aborted, forget };
}

/** What the agent lets leave, as they corrected it; null when they refuse, or say nothing within `withinMs`. Fails when `signal` fires. */
export function untilAllowed({ turnId, callId, signal }: Call, withinMs: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const bus = streamBus();
    const endings = [
      bus.onTold(keyOf(turnId, callId, "send"), (query) => end(() => resolve(query))),
      bus.onTold(keyOf(turnId, callId, "skip"), () => end(() => resolve(null))),
    ];
    const timer = setTimeout(() => end(() => resolve(null)), withinMs);
    const stop = () => end(() => reject(signal.reason));
    function end(how: () => void): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      for (const forget of endings) forget();
      how();
    }
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
}
