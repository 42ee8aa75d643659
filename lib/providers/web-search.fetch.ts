import "server-only";
import { retryAfterMs } from "./llm.persistence";
import { type EngineFault, SearchEngineError } from "./web-search.engine";

const ANSWER_BYTES_MAX = 2_000_000;

type Asking = { headers?: Record<string, string>; timeoutMs: number; signal: AbortSignal };

/** The JSON of an engine, within its time and 2 MB. Throws a `SearchEngineError`, or the reason of the signal. */
export async function fetchEngineJson(url: URL, { headers = {}, timeoutMs, signal }: Asking): Promise<unknown> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: "application/json", ...headers },
      signal: AbortSignal.any([signal, late]),
      // Neither the query nor the key go where the configuration does not say.
      redirect: "manual",
      cache: "no-store",
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw refusalOf(response);
    }
    return toJson(await readBody(response));
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof SearchEngineError) throw cause;
    throw new SearchEngineError(late.aborted ? "timeout" : "unreachable", { cause });
  }
}

function refusalOf({ status, headers }: Response): SearchEngineError {
  const waitMs = retryAfterMs(headers.get("retry-after"), Date.now());
  return new SearchEngineError(faultOf(status), waitMs === null ? {} : { retryAfterMs: waitMs });
}

function faultOf(status: number): EngineFault {
  if (status === 429 || status === 503) return "busy";
  return status === 401 || status === 402 || status === 403 ? "refused" : "failed";
}

async function readBody({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.byteLength;
    // Leaving the loop cancels the rest.
    if (length > ANSWER_BYTES_MAX) throw new SearchEngineError("too_large");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without its cause, whose message quotes what was read.
    throw new SearchEngineError("malformed");
  }
}
