import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { EngineReply } from "@/lib/providers/web-search.contract";

type SearchRequest = { path: string; parameters: Record<string, string>; authorization: string | undefined };

export type ScriptedSearch = {
  baseUrl: string;
  requests: SearchRequest[];
  /** The next replies, in order; the last one is given again and again. */
  reply: (...replies: EngineReply[]) => void;
  close: () => Promise<void>;
};

/** A search engine that misbehaves when it is told to. */
export async function startScriptedSearch(): Promise<ScriptedSearch> {
  let replies: EngineReply[] = [];
  const requests: SearchRequest[] = [];
  const server = createServer(({ url = "/", headers }, response) => {
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    requests.push({
      path: pathname,
      parameters: Object.fromEntries(searchParams),
      authorization: headers.authorization,
    });
    const next = replies.length > 1 ? replies.shift() : replies[0];
    if (next) give(next, response);
    else response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    reply: (...next) => {
      replies = next;
      requests.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function give(reply: EngineReply, response: ServerResponse): void {
  if (reply === "silent") return;
  if (reply === "cut") {
    response.writeHead(200, { "content-length": "1000" }).write('{"results":[');
    setTimeout(() => response.destroy(), 20);
    return;
  }
  response.setHeader("content-type", "application/json");
  if (reply === "drip") {
    response.write(" ");
    const timer = setInterval(() => response.write(" "), 50);
    response.once("close", () => clearInterval(timer));
    return;
  }
  if (reply === "endless") {
    const more = () => void (response.destroyed || response.write(" ".repeat(100_000), more));
    more();
    return;
  }
  if ("json" in reply) return void response.end(JSON.stringify(reply.json));
  response.writeHead(reply.status, reply.headers ?? {}).end(reply.text ?? "{}");
}

/** What SearXNG answers, whatever the page. */
export const searxngReply = (results: readonly object[], more: object = {}): EngineReply => ({
  json: {
    query: "",
    results,
    answers: [],
    corrections: [],
    infoboxes: [],
    suggestions: [],
    unresponsive_engines: [],
    ...more,
  },
});

/** Results of so many sites, `https://<site>/<n>`. */
export const aResult = (site: string, n: number | string = 1): object => ({
  url: `https://${site}/${n}`,
  title: `Page ${n} de ${site}`,
  content: "Un extrait.",
  publishedDate: null,
});
