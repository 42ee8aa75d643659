import "server-only";
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { type ByteSource, gathered } from "./llm.coalescing";

// Connections are kept. One byte read ahead, so that a paused one really leaves the rest to the network.
const options = { keepAlive: true, highWaterMark: 1 };
const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };

/** Statuses whose answer has no body. */
const WITHOUT_BODY = [204, 205, 304];

/**
 * What the AI SDK needs of `fetch`, on Node's own HTTP client: a third of the price for each piece that a model sends, and
 * pieces that arrive together are given together. Follows no redirection. Fails as `fetch` does: a `TypeError` when there is
 * no answer, the signal's reason when it fires.
 */
export const modelFetch: typeof fetch = async (input, init = {}) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const { body = "", signal } = init;
  if (typeof body !== "string") throw new TypeError("modelFetch sends text only");
  signal?.throwIfAborted();
  const call = { url, method: init.method ?? "GET", headers: Object.fromEntries(new Headers(init.headers)), body };
  const { sent, answer } = await send(call, signal ?? null)
    .catch((failure: Failure) => {
      // The server closed a connection that was kept, at the very moment it was used again: it received nothing.
      if (failure.isStale) return send(call, signal ?? null);
      throw failure;
    })
    .catch(({ error }: Failure) => {
      signal?.throwIfAborted();
      throw new TypeError("fetch failed", { cause: error });
    });

  const status = answer.statusCode ?? 502;
  const headers = new Headers();
  for (const name of ["content-type", "retry-after"]) {
    const value = answer.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  if (!WITHOUT_BODY.includes(status))
    return new Response(gathered(toSource(sent, answer, signal ?? null)), { status, headers });
  answer.resume();
  return new Response(null, { status, headers });
};

type Call = { url: URL; method: string; headers: Record<string, string>; body: string };
type Failure = { error: unknown; isStale: boolean };

function send(
  { url, method, headers, body }: Call,
  signal: AbortSignal | null,
): Promise<{ sent: ClientRequest; answer: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === "https:";
    const sent = (isSecure ? httpsRequest : httpRequest)(url, {
      agent: isSecure ? agents.https : agents.http,
      method,
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      ...(signal && { signal }),
    });
    sent.once("response", (answer) => resolve({ sent, answer }));
    sent.once("error", (error: NodeJS.ErrnoException) => {
      const failure: Failure = { error, isStale: sent.reusedSocket && error.code === "ECONNRESET" };
      reject(failure);
    });
    sent.end(body);
  });
}

function toSource(sent: ClientRequest, answer: IncomingMessage, signal: AbortSignal | null): ByteSource {
  const { socket } = answer;
  return {
    listen({ bytes, end }) {
      const fail = (error: unknown) => end({ error: signal?.aborted ? signal.reason : error });
      answer.on("data", bytes);
      answer.once("end", () => end());
      answer.once("error", fail);
      sent.on("error", fail);
      // Neither an end nor an error: the connection was closed by us, or by a server in the middle of its answer.
      answer.once("close", () => fail(new TypeError("terminated")));
    },
    pause: () => void answer.pause(),
    resume: () => void answer.resume(),
    sleep: () => void socket.pause(),
    wake: () => void socket.resume(),
    cancel: () => void sent.destroy(),
  };
}
