import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export type WebServers = { modelUrl: string; engineUrl: string; siteHost: string; close: () => void };

export type Delays = {
  engineMs: number;
  /** One page for each; null: it never answers. */
  pagesMs: readonly (number | null)[];
};

/** A model that searches at once then answers at once, an engine and a site that take the time `delays` says, when they are asked. */
export async function startWebServers(delays: () => Delays): Promise<WebServers> {
  const site = await listening(async (path, response) => {
    const page = /^\/page-(\d+)-/.exec(path)?.[1];
    const delayMs = page === undefined ? 0 : delays().pagesMs[Number(page)];
    if (page === undefined) return void response.writeHead(404).end();
    if (delayMs === null) return;
    await wait(delayMs ?? 0);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(anArticle(Number(page)));
  });
  const engine = await listening(async (path, response) => {
    await wait(delays().engineMs);
    const nonce = encodeURIComponent(path).slice(-12);
    const results = delays().pagesMs.map((_, n) => ({
      // Each with a host of its own, as on the web.
      url: `http://${LOOPBACK[n % LOOPBACK.length]}:${portOf(site)}/page-${n}-${nonce}`,
      title: `Page ${n}`,
      content: "Un extrait.",
    }));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ results, unresponsive_engines: [] }));
  });
  const model = await listening(async (_path, response, body) => {
    const { tool_choice: choice, messages = [] } = JSON.parse(body || "{}");
    response.setHeader("content-type", "text/event-stream");
    const say = (delta: object, finish: string | null = null) =>
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`);
    if (typeof choice === "object") {
      const query = `télétravail accord ${String(messages.at(-1)?.content).replace(/\D/g, "")}`;
      const call = { name: "search_web", arguments: JSON.stringify({ query }) };
      say({ tool_calls: [{ index: 0, id: "search", type: "function", function: call }] });
      say({}, "tool_calls");
    } else {
      say({ content: "Voici ce que disent les pages." });
      say({}, "stop");
    }
    response.end("data: [DONE]\n\n");
  });
  const servers = [site, engine, model];
  return {
    modelUrl: `http://127.0.0.1:${portOf(model)}/v1`,
    engineUrl: `http://127.0.0.1:${portOf(engine)}`,
    siteHost: LOOPBACK.map((host) => `${host}:${portOf(site)}`).join(","),
    close: () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

const LOOPBACK = ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"];

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function listening(
  answer: (path: string, response: ServerResponse, body: string) => Promise<void>,
): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    await answer(request.url ?? "/", response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  return server;
}

/** About 30 kB, as an administrative page is. */
function anArticle(n: number): string {
  const paragraphs = Array.from(
    { length: 60 },
    (_, at) =>
      `<p>Point ${at} de la page ${n}. L’agent qui demande à exercer ses fonctions en télétravail adresse une demande écrite à son chef de service, qui apprécie la compatibilité de la demande avec la nature des activités, l’intérêt du service et les règles de sécurité des systèmes d’information.</p>`,
  );
  return `<!doctype html><html lang="fr"><head><title>Page ${n}</title></head><body><nav>Accueil</nav><main><article><h1>Le télétravail, page ${n}</h1>${paragraphs.join("\n")}</article></main></body></html>`;
}
