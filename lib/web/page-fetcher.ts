import { lookup } from "node:dns/promises";
import { type EgressRules, type Resolve, requireAllowedAddresses, requireAllowedHost } from "./checked-destination";
import { isPdf, readContentType, recogniseType } from "./content-type";
import { createHostSlots } from "./host-slots";
import { get, type HttpAnswer, redirectTarget } from "./http-exchange";
import { type Dial, dialAddresses, openConnection } from "./open-connection";
import { ACCEPT_ENCODING, readBody } from "./read-body";
import { createRobotsCache, type FetchedRobots } from "./robots-cache";
import { isAllowedByRobots, parseRobots } from "./robots-rules";
import type { FetchedPage, WebContentType } from "./schema";
import { hostAndPort, normaliseUrl } from "./web-address";
import { isWebFailure, WebFailure } from "./web-failure";

export const PAGE_LIMITS = {
  /** Everything: waiting for a place, names, robots.txt, redirects, the body. */
  totalMs: 10_000,
  /** After decompression, and before. */
  bytes: 5_000_000,
  redirects: 5,
  robotsMs: 3_000,
  /** RFC 9309 asks for as much; the rest is not read. */
  robotsBytes: 500 * 1_024,
  requestsPerHost: 2,
  requests: 32,
};

export type PageFetcherOptions = EgressRules & {
  /** Through which everything goes but `allowLoopback`; it then resolves names itself. */
  proxy: URL | null;
  userAgent: string;
  /** Under which robots.txt knows us. */
  product: string;
  limits?: Partial<typeof PAGE_LIMITS>;
  resolve?: Resolve;
  dial?: Dial;
  certificateAuthorities?: string[];
};

export type FetchPage = (url: string, options: { signal: AbortSignal }) => Promise<FetchedPage>;

/**
 * The one door to the web. Each address, that of each redirect included, is checked before anything is sent to it, and the
 * connection goes to the addresses that were checked. Nothing is kept between two pages but robots.txt. A redirect from https
 * to http is followed on https: what began secured stays so.
 */
export function createPageFetcher(options: PageFetcherOptions): FetchPage {
  const limits = { ...PAGE_LIMITS, ...options.limits };
  const { proxy, allowLoopback, resolve = lookupAll, dial = dialAddresses, certificateAuthorities } = options;
  const takeSlot = createHostSlots({ perHost: limits.requestsPerHost, overall: limits.requests });
  const robotsOf = createRobotsCache(fetchRobots);

  const headers = {
    "user-agent": options.userAgent,
    accept:
      "text/html,application/xhtml+xml,application/pdf;q=0.9,text/*;q=0.8,application/xml;q=0.8,application/json;q=0.8",
    "accept-language": "fr,en;q=0.5",
    "accept-encoding": ACCEPT_ENCODING,
  };

  async function addressesOf(url: URL, signal: AbortSignal): Promise<string[] | null> {
    requireAllowedHost(url, options);
    if (proxy && !allowLoopback.includes(hostAndPort(url))) return null;
    return orAborted(requireAllowedAddresses(url, options, resolve), signal);
  }

  async function ask<Read>(url: URL, signal: AbortSignal, read: (answer: HttpAnswer) => Promise<Read>): Promise<Read> {
    const giveBack = await takeSlot(url.hostname, signal);
    const ended = new AbortController();
    const end = () => ended.abort(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    try {
      signal.throwIfAborted();
      const addresses = await addressesOf(url, signal);
      const connection = await openConnection(url, { addresses, proxy, dial, certificateAuthorities }, ended.signal);
      return await read(await get(connection, url.host, headers));
    } finally {
      // Also closes the connection, whatever became of it.
      ended.abort(new WebFailure("unreachable"));
      signal.removeEventListener("abort", end);
      giveBack();
    }
  }

  async function follow<Read>(
    start: URL,
    signal: AbortSignal,
    { before, read }: { before: (url: URL) => Promise<void>; read: (answer: HttpAnswer, url: URL) => Promise<Read> },
  ): Promise<Read> {
    let url = start;
    for (let followed = 0; followed <= limits.redirects; followed++) {
      requireAllowedHost(url, options);
      await before(url);
      const step = await ask(url, signal, async (answer) => {
        const location = redirectTarget(answer);
        return location === null ? { result: await read(answer, url) } : { location };
      });
      if ("result" in step) return step.result;
      url = redirected(url, step.location);
    }
    throw new WebFailure("too_many_redirects");
  }

  function redirected(from: URL, location: string): URL {
    if (!URL.canParse(location, from)) throw new WebFailure("address");
    const to = new URL(location, from);
    if (from.protocol === "https:" && to.protocol === "http:") to.protocol = "https:";
    return normaliseUrl(to.href, allowLoopback);
  }

  async function fetchRobots(origin: string): Promise<FetchedRobots> {
    const read = async ({ status, headers: { "content-encoding": encoding }, body }: HttpAnswer) => {
      if (status >= 500) throw new WebFailure("status");
      if (status !== 200) return NO_ROBOTS;
      const bytes = await readBody(body, { encoding, bytesMax: limits.robotsBytes, isCut: true });
      const text = Buffer.from(bytes).toString("utf8");
      return { rules: parseRobots(text, options.product), characters: text.length };
    };
    const start = new URL("/robots.txt", origin);
    return within(limits.robotsMs, undefined, (signal) =>
      follow(start, signal, { before: async () => {}, read }),
    ).catch((error) => {
      if (isWebFailure(error) && error.code === "too_many_redirects") return NO_ROBOTS;
      throw error;
    });
  }

  async function requireRobots(url: URL, signal: AbortSignal): Promise<void> {
    const rules = await orAborted(robotsOf(url.origin), signal);
    if (!isAllowedByRobots(rules, url)) throw new WebFailure("robots");
  }

  return async (text, { signal: given }) =>
    within(limits.totalMs, given, (signal) =>
      follow(normaliseUrl(text, allowLoopback), signal, {
        before: (url) => requireRobots(url, signal),
        read: (answer, url) => readPage(answer, url, limits.bytes),
      }),
    );
}

const NO_ROBOTS: FetchedRobots = { rules: [], characters: 0 };

async function lookupAll(hostname: string): Promise<string[]> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address);
}

async function readPage({ status, headers, body }: HttpAnswer, url: URL, bytesMax: number): Promise<FetchedPage> {
  requireSuccess(status);
  const declared = readContentType(headers["content-type"]);
  if (declared.type === null) throw new WebFailure("type");
  if (Number(headers["content-length"]) > bytesMax) throw new WebFailure("too_large");
  const bytes = await readBody(body, { encoding: headers["content-encoding"], bytesMax });
  if (bytes.length === 0) throw new WebFailure("unreadable");
  return { url: url.href, type: typeOf(bytes, declared), charset: declared.charset, bytes, fetchedAt: new Date() };
}

function requireSuccess(status: number): void {
  if ([401, 402, 403].includes(status)) throw new WebFailure("closed");
  if (status === 407) throw new WebFailure("unreachable"); // what the proxy says, not the site
  if (status < 200 || status > 299) throw new WebFailure("status");
  if (status === 204 || status === 205) throw new WebFailure("unreadable");
}

function typeOf(bytes: Uint8Array, { type, recognise }: ReturnType<typeof readContentType>): WebContentType {
  const found = type === "unsaid" ? recogniseType(bytes) : type;
  if (found === null || (type === "unsaid" && recognise === "pdf" && found !== "pdf")) throw new WebFailure("type");
  if (found === "pdf" && !isPdf(bytes)) throw new WebFailure("unreadable");
  return found;
}

/** Ends with `timeout`, or with the reason of the signal that was given; anything that is no `WebFailure` becomes one. */
async function within<Result>(
  milliseconds: number,
  given: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  given?.throwIfAborted();
  const controller = new AbortController();
  const end = () => controller.abort(given?.reason);
  const timer = setTimeout(() => controller.abort(new WebFailure("timeout")), milliseconds);
  given?.addEventListener("abort", end, { once: true });
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason;
    throw toFailure(error);
  } finally {
    clearTimeout(timer);
    given?.removeEventListener("abort", end);
  }
}

function toFailure(error: unknown): WebFailure {
  if (isWebFailure(error)) return error as WebFailure;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  // Its code alone: messages of the network name hosts, and what is thrown may be written somewhere.
  return new WebFailure(code === "HPE_HEADER_OVERFLOW" ? "too_large" : "unreachable", { cause: code });
}

function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}
