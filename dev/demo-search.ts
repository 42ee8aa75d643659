import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DEMO_SITES, type DemoPage, type DemoSite, readDemoPages } from "./demo-corpus.ts";
import { toHome, toHtml } from "./demo-page-template.ts";
import { createDemoIndex } from "./demo-ranking.ts";

const LOOPBACK = "127.0.0.1";
const DAY_MS = 24 * 3_600_000;
const PORT_MAX = 65_535;
const RESULTS_PER_PAGE = 10;
const RANGES: Record<string, number> = { day: 1, week: 7, month: 31, year: 366 };

export type DemoSearch = {
  /** Of the engine, as `SEARXNG_URL`. */
  baseUrl: string;
  /** Of the first site, that of the sheets. */
  pagesOrigin: string;
  /** `host:port` of every site, and of those that pass for official. */
  hosts: string[];
  officialHosts: string[];
  close: () => Promise<void>;
};

/**
 * A stand-in for a search engine, so that a machine without any can try the product: it speaks SearXNG's JSON, over the pages of
 * three small sites that it serves too, each on a port of its own, the three that follow `port` when they are free.
 */
export async function startDemoSearch({ port = 0 }: { port?: number }): Promise<DemoSearch> {
  const pages = readDemoPages();
  const origins = new Map<DemoSite, string>();
  const siteNames = Object.keys(DEMO_SITES) as DemoSite[];
  const sites = await Promise.all(
    siteNames.map(async (site, index) => {
      // Where they were at the last start, if they can: conversations keep their addresses.
      const preferred = port && port + 1 + index;
      const server = await listen(preferred, (request, response) => serveSite(site, pages, request, response));
      origins.set(site, originOf(server));
      return server;
    }),
  );
  const find = createDemoIndex(pages);
  const engine = await listen(port, (request, response) => serveEngine(find, origins, request, response));
  const hostOf = (site: DemoSite) => new URL(origins.get(site) ?? "").host;
  return {
    baseUrl: originOf(engine),
    pagesOrigin: origins.get("sheets") ?? "",
    hosts: siteNames.map(hostOf),
    officialHosts: siteNames.filter((site) => DEMO_SITES[site].isOfficial).map(hostOf),
    close: async () => void (await Promise.all([engine, ...sites].map(close))),
  };
}

type Serve = (request: IncomingMessage, response: ServerResponse) => ServerResponse;

async function listen(port: number, serve: Serve): Promise<Server> {
  const server = createServer(serve);
  const isListening = await new Promise<boolean>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    server.listen(port <= PORT_MAX ? port : 0, LOOPBACK, () => resolve(true));
  });
  return isListening ? server : listen(0, serve);
}

const originOf = (server: Server) => `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const addressOf = ({ url = "/" }: IncomingMessage) => new URL(url, `http://${LOOPBACK}`);

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  more = {},
): ServerResponse {
  return response.writeHead(status, { "content-type": type, ...more }).end(body);
}

const changedAt = ({ daysAgo }: DemoPage) => new Date(Date.now() - daysAgo * DAY_MS);

function serveSite(
  site: DemoSite,
  pages: readonly DemoPage[],
  request: IncomingMessage,
  response: ServerResponse,
): ServerResponse {
  const { pathname } = addressOf(request);
  const html = "text/html; charset=utf-8";
  if (pathname === "/robots.txt") return send(response, 200, "text/plain", "User-agent: *\nDisallow: /reserve/\n");
  const ofSite = pages.filter((page) => page.site === site);
  if (pathname === "/") return send(response, 200, html, toHome(DEMO_SITES[site].name, ofSite));
  const page = ofSite.find(({ path }) => path === pathname);
  if (!page) return send(response, 404, html, "<!doctype html><title>Introuvable</title><h1>Page introuvable</h1>");
  const more = { "last-modified": changedAt(page).toUTCString() };
  if (page.article === null) return send(response, 200, "application/pdf", page.bytes, more);
  return send(response, 200, html, toHtml(page, changedAt(page), pages), more);
}

/** `GET /search?q&format=json&time_range&pageno`, as SearXNG answers it. */
function serveEngine(
  find: ReturnType<typeof createDemoIndex>,
  origins: ReadonlyMap<DemoSite, string>,
  request: IncomingMessage,
  response: ServerResponse,
): ServerResponse {
  const { pathname, searchParams } = addressOf(request);
  const json = (status: number, body: object) => send(response, status, "application/json", JSON.stringify(body));
  if (pathname !== "/search") return json(404, { error: "Not found" });
  if (searchParams.get("format") !== "json") return json(403, { error: "Forbidden" });
  const query = searchParams.get("q")?.trim();
  if (!query) return json(400, { error: "No query" });

  const days = RANGES[searchParams.get("time_range") ?? ""] ?? Number.POSITIVE_INFINITY;
  const from = (Math.max(Number(searchParams.get("pageno")) || 1, 1) - 1) * RESULTS_PER_PAGE;
  const results = find(query)
    .filter(({ page }) => page.daysAgo <= days)
    .slice(from, from + RESULTS_PER_PAGE)
    .map(({ page, excerpt, score }) => ({
      url: `${origins.get(page.site)}${page.path}`,
      title: page.title,
      content: excerpt,
      publishedDate: changedAt(page).toISOString().slice(0, 19),
      engine: "démonstration",
      engines: ["démonstration"],
      category: "general",
      score,
    }));
  const nothing = { answers: [], corrections: [], infoboxes: [], suggestions: [], unresponsive_engines: [] };
  return json(200, { query, number_of_results: results.length, results, ...nothing });
}
