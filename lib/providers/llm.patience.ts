import "server-only";

/** Milliseconds. */
export type ModelLimits = { firstTokenMs: number; idleMs: number; totalMs: number };

/** Made once: a reason that is not given is an error, whose stack is written down. */
const ENDED = new DOMException("The call has ended", "AbortError");

/** Fires when the first token, the next one or the whole answer takes too long, or with the caller's signal. */
export function createPatience({ firstTokenMs, idleMs, totalMs }: ModelLimits, caller: AbortSignal) {
  const expiry = new AbortController();
  const expire = () => expiry.abort(new DOMException("The model took too long", "TimeoutError"));
  const total = setTimeout(expire, totalMs);
  let next = setTimeout(expire, firstTokenMs);
  let hasBegun = false;
  return {
    signal: AbortSignal.any([expiry.signal, caller]),
    renew() {
      if (hasBegun) return void next.refresh();
      hasBegun = true;
      clearTimeout(next);
      next = setTimeout(expire, idleMs);
    },
    end() {
      clearTimeout(total);
      clearTimeout(next);
      expiry.abort(ENDED);
    },
  };
}
