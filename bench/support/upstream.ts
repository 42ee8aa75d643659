import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: "bench", object: "chat.completion.chunk", created: 0, model: "bench", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

/** A model's server that answers at once, always the same short answer: what is measured is everything around it. */
export async function startUpstream({ tokens = 20 } = {}): Promise<{ baseUrl: string; close: () => void }> {
  const server = createServer((request, response) => {
    request.resume();
    request.once("end", () => {
      if (request.method === "GET") {
        response.setHeader("content-type", "application/json");
        return void response.end(JSON.stringify({ object: "list", data: [{ id: "bench", object: "model" }] }));
      }
      response.setHeader("content-type", "text/event-stream");
      response.write(chunk({ role: "assistant", content: "" }));
      for (let index = 0; index < tokens; index += 1) response.write(chunk({ content: `mot${index} ` }));
      response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
    });
  });
  const port = await listen(server);
  return { baseUrl: `http://127.0.0.1:${port}/v1`, close: () => closeAll(server) };
}

/** The floor: a bare Node process that passes bytes on, and does nothing else. */
export async function startRelay(baseUrl: string): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const upstream = await fetch(`${baseUrl}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.concat(await request.toArray()),
    });
    response.writeHead(upstream.status, { "content-type": "text/event-stream" });
    for await (const bytes of upstream.body ?? []) response.write(bytes);
    response.end();
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, close: () => closeAll(server) };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function closeAll(server: Server): void {
  server.close();
  server.closeAllConnections();
}
