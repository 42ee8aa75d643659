import "server-only";

/** Milliseconds. */
export type ModelLimits = { firstTokenMs: number; idleMs: number; totalMs: number };

/** Fires when the first token, the next one or the whole answer takes too long, or with the caller's signal. */
export function createPatience({ firstTokenMs, idleMs, totalMs }: ModelLimits, caller: AbortSignal) {
  const expiry = new AbortController();
  const expire = () => expiry.abort(new DOMException("The model took too long", "TimeoutError"));
  const total = setTimeout(expire, totalMs);
  let next = setTimeout(expire, firstTokenMs);
  return {
    signal: AbortSignal.any([expiry.signal, caller]),
    renew() {
      clearTimeout(next);
      next = setTimeout(expire, idleMs);
    },
    end() {
      clearTimeout(total);
      clearTimeout(next);
      expiry.abort();
    },
  };
}
