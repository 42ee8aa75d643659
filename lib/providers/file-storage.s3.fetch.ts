import "server-only";
import { setTimeout as wait } from "node:timers/promises";

/** How long a server may take, and how often it is asked again. */
export type S3Patience = {
  /** For one attempt: until the answer begins, the bytes sent included. */
  answerMs: number;
  attempts: number;
  backOffMs: number;
};

const BUSY = [429, 500, 502, 503, 504];
const RETRY_AFTER_MAX_MS = 10_000;
const PIECE_BYTES = 65_536;

/**
 * A `fetch` that gives up on an answer that does not begin, and asks again a server that is busy or did not answer: everything
 * sent to the storage may be sent twice. The last answer is given whatever it is.
 */
export function patientFetch({ answerMs, attempts, backOffMs }: S3Patience): typeof fetch {
  return async (input, init) => {
    for (let attempt = 1; ; attempt += 1) {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(new TypeError("no answer in time")), answerMs);
      let waitMs = backOffMs * 2 ** (attempt - 1) * (0.5 + Math.random());
      try {
        const response = await fetch(input, {
          ...init,
          ...(init?.body instanceof Uint8Array &&
            init.body.length > 0 && { body: streamed(init.body), duplex: "half" }),
          signal: late.signal,
          redirect: "manual",
          cache: "no-store",
        });
        if (!BUSY.includes(response.status) || attempt >= attempts) return response;
        await response.body?.cancel();
        const askedSeconds = Number(response.headers.get("retry-after"));
        if (askedSeconds > 0) waitMs = Math.min(askedSeconds * 1_000, RETRY_AFTER_MAX_MS);
      } catch (error) {
        if (attempt >= attempts) throw error;
      } finally {
        clearTimeout(timer);
      }
      await wait(waitMs);
    }
  };
}

/** Given whole, `fetch` would make a copy of it. Its length goes in a header, as S3 wants it. */
function streamed(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.byteLength) controller.enqueue(bytes.subarray(at, at + PIECE_BYTES));
      else controller.close();
      at += PIECE_BYTES;
    },
  });
}
