import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import { listen } from "./scripted-sites";

export type ScriptedProxy = {
  url: URL;
  /** What it was asked, `CONNECT exemple.fr:443` or `GET http://exemple.fr/a`. */
  asked: { line: string; headers: IncomingHttpHeaders }[];
  /** Answers every tunnel so from now on, in place of opening it. */
  refuse: (answer: string) => void;
  close: () => Promise<void>;
};

/** A proxy for the web, that resolves names its own way: each leads to a port of this machine. */
export async function startScriptedProxy(ports: Record<string, number>): Promise<ScriptedProxy> {
  const asked: ScriptedProxy["asked"] = [];
  let refusal: string | undefined;
  const portOf = (host = "") => ports[host.replace(/:\d+$/, "")] ?? 1;

  const server = createServer((incoming, outgoing) => {
    asked.push({ line: `${incoming.method} ${incoming.url}`, headers: incoming.headers });
    const { host, pathname, search } = new URL(incoming.url ?? "");
    const { "proxy-authorization": _credentials, ...headers } = incoming.headers;
    request({ host: "127.0.0.1", port: portOf(host), path: pathname + search, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    })
      .on("error", () => outgoing.writeHead(502).end())
      .end();
  });
  server.on("connect", (incoming, client: Socket) => {
    asked.push({ line: `CONNECT ${incoming.url}`, headers: incoming.headers });
    if (refusal !== undefined) return void client.end(refusal);
    const site = connect({ host: "127.0.0.1", port: portOf(incoming.url) });
    site.once("connect", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(site).pipe(client);
    });
    site.once("error", () => client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    client.once("error", () => site.destroy());
    client.once("close", () => site.destroy());
  });
  const { port, close } = await listen(server);
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    asked,
    refuse: (answer) => {
      refusal = answer;
    },
    close,
  };
}
