import { request } from "node:http";
import { connect as connectPlain, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { literalAddress, portOf } from "./web-address";
import { WebFailure } from "./web-failure";

/** Opens a connection to one of these addresses, and to nothing else. */
export type Dial = (addresses: readonly string[], port: number) => Socket;

export type Route = {
  /** Where to connect for this address: its own checked ones; null when the proxy resolves the name. */
  addresses: readonly string[] | null;
  proxy: URL | null;
  dial: Dial;
  /** What else than the usual authorities may sign certificates, PEM. */
  certificateAuthorities?: string[] | undefined;
};

export type OpenConnection = {
  socket: Socket;
  /** What the request is for, on this connection: a path, or the whole address when a proxy reads it. */
  target: string;
  headers: Record<string, string>;
};

/** An address that has not answered by then is passed over, unless it is the last: Node's 250 ms is short behind a firewall. */
const NEXT_ADDRESS_MS = 500;

// A name that only this `lookup` answers: the one of the page is never resolved a second time.
export const dialAddresses: Dial = (addresses, port) => {
  const lookup: LookupFunction = (_name, { all }, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    if (!first) callback(new Error("no address"), []);
    else if (all) callback(null, found);
    else callback(null, first.address, first.family);
  };
  return connectPlain({
    host: "checked.invalid",
    port,
    lookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
  });
};

/**
 * A connection on which a request for that address can be written: to one of its checked addresses, or through the proxy
 * (a tunnel for https, the whole address for http). Names in certificates are those of the address. Rejects as sockets do;
 * with a `WebFailure` when the proxy refuses. Ends with the signal, whatever it was doing.
 */
export async function openConnection(url: URL, route: Route, signal: AbortSignal): Promise<OpenConnection> {
  const path = url.pathname + url.search;
  if (route.addresses) {
    const plain = await connected(route.dial(route.addresses, Number(portOf(url))), "connect", signal);
    return { socket: await secured(plain, url, route, signal), target: path, headers: {} };
  }
  const { proxy } = route;
  if (!proxy) throw new WebFailure("unreachable");
  const plain = await connected(
    connectPlain({ host: proxy.hostname.replace(/^\[|\]$/g, ""), port: Number(portOf(proxy)) }),
    "connect",
    signal,
  );
  const headers = proxyHeaders(proxy);
  if (url.protocol === "http:") return { socket: plain, target: url.href, headers };
  await openTunnel(plain, url, headers, signal);
  return { socket: await secured(plain, url, route, signal), target: path, headers: {} };
}

async function secured(plain: Socket, url: URL, route: Route, signal: AbortSignal): Promise<Socket> {
  if (url.protocol === "http:") return plain;
  const literal = literalAddress(url);
  const socket = connectSecurely({
    socket: plain,
    host: literal ?? url.hostname,
    // No address in SNI (RFC 6066); the certificate is then compared with `host`.
    servername: literal === null ? url.hostname : "",
    ALPNProtocols: ["http/1.1"],
    ...(route.certificateAuthorities && { ca: route.certificateAuthorities }),
  });
  return connected(socket, "secureConnect", signal);
}

function openTunnel(socket: Socket, url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<void> {
  const authority = `${url.hostname}:${portOf(url)}`;
  return new Promise((resolve, reject) => {
    const asked = request({
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...headers },
      createConnection: () => socket,
    });
    const fail = (cause: unknown) => {
      socket.destroy();
      reject(cause);
    };
    asked.once("error", fail);
    asked.once("response", () => fail(new WebFailure("unreachable")));
    asked.once("connect", ({ statusCode = 0 }, _socket, head) => {
      // A proxy that closes its network to a host says so with 403. Nothing may come before our first word of TLS.
      if (statusCode === 403) fail(new WebFailure("not_allowed"));
      else if (statusCode < 200 || statusCode > 299 || head.length > 0) fail(new WebFailure("unreachable"));
      else resolve();
    });
    signal.addEventListener("abort", () => fail(signal.reason), { once: true });
    asked.end();
  });
}

function connected(socket: Socket, event: "connect" | "secureConnect", signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      socket.destroy();
      reject(cause);
    };
    const end = () => fail(signal.reason);
    if (signal.aborted) return end();
    signal.addEventListener("abort", end, { once: true });
    // It stays: a socket that fails between two of its readers must not end the process.
    socket.on("error", fail);
    socket.once("close", () => fail(new WebFailure("unreachable")));
    socket.once(event, () => resolve(socket));
  });
}

function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
}
