import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, createServer as createPlainServer, type Server, type Socket } from "node:net";
import type { Dial } from "@/lib/web/open-connection";
import { createPageFetcher, type FetchPage, type PageFetcherOptions } from "@/lib/web/page-fetcher";

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;
type Reached = { port: number; close: () => Promise<void> };
export type ScriptedSite = Reached & { requests: IncomingMessage[] };

/** A site that answers each path as it is told, 404 elsewhere (and so for robots.txt). */
export async function startSite(
  paths: Record<string, Answer>,
  tls?: { key: string; cert: string },
): Promise<ScriptedSite> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    const answer = paths[request.url?.split("?")[0] ?? ""];
    if (answer) answer(response, request);
    else response.writeHead(404).end();
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.on("tlsClientError", () => {}); // a client that refuses the certificate
  return { ...(await listen(server)), requests };
}

/** A server that writes these bytes on each connection once something came, whatever it was. */
export function startRawSite(answer: (socket: Socket) => void): Promise<Reached> {
  return listen(createPlainServer((socket) => void socket.once("data", () => answer(socket))));
}

export async function listen(server: Server): Promise<Reached> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}); // a client that leaves
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export const page =
  (body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);

export const redirect =
  (location: string, status = 302): Answer =>
  (response) =>
    void response.writeHead(status, { location }).end("<p>Ailleurs</p>");

/**
 * A fetcher on a public network of its own: each name has an address that is public (or those it is given), and what is
 * dialled there reaches the site of that name. `dialled` is what it connected to.
 */
export function fetcherOn(
  sites: Record<string, Reached>,
  options: Partial<PageFetcherOptions> = {},
): { fetchPage: (url: string, signal?: AbortSignal) => ReturnType<FetchPage>; dialled: string[]; resolved: string[] } {
  const names = Object.keys(sites);
  const dialled: string[] = [];
  const resolved: string[] = [];
  const addressOf = (name: string) => `93.184.216.${names.indexOf(name) + 1}`;
  const dial: Dial = (addresses, port) => {
    dialled.push(...addresses.map((address) => `${address}:${port}`));
    const name = names.find((candidate) => addresses.includes(addressOf(candidate)));
    return connect({ host: "127.0.0.1", port: sites[name ?? ""]?.port ?? 1 });
  };
  const fetchPage = createPageFetcher({
    allowedHosts: [],
    allowLoopback: [],
    proxy: null,
    product: "AssistantIA",
    userAgent: "AssistantIA/0.1.0 (+https://assistant.exemple.gouv.fr; assistance@exemple.gouv.fr)",
    dial,
    ...options,
    resolve: (hostname) => {
      resolved.push(hostname);
      if (options.resolve) return options.resolve(hostname);
      return names.includes(hostname) ? Promise.resolve([addressOf(hostname)]) : Promise.reject(new Error("ENOTFOUND"));
    },
  });
  return { fetchPage: (url, signal = new AbortController().signal) => fetchPage(url, { signal }), dialled, resolved };
}
