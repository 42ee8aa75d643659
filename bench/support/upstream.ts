import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { findProfile, type Profile, seededTokens, stampedToken } from "./profile.ts";

const AT_ONCE: Profile = { rate: 0, tokens: 5, ttftMs: 0, seed: null };

const BEFORE = `data: {"id":"bench","object":"chat.completion.chunk","created":0,"model":"bench","choices":[{"index":0,"delta":`;
const chunk = (delta: string, finish = "null") => `${BEFORE}${delta},"finish_reason":${finish}}]}\n\n`;
const say = (content: string) => chunk(`{"content":${JSON.stringify(content)}}`);

/**
 * A model's server that says what its profile asks, given as the model's name (`rate50-tokens400-ttft100`) or as the last
 * question; anything else (the title of a conversation) gets a few words at once. What is measured is everything around it.
 */
export async function startUpstream(): Promise<{ baseUrl: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    if (request.method === "GET") {
      response.setHeader("content-type", "application/json");
      return void response.end(JSON.stringify({ object: "list", data: [{ id: "bench", object: "model" }] }));
    }
    const { model, messages } = JSON.parse(Buffer.concat(await request.toArray()).toString() || "{}");
    const profile = findProfile(String(model)) ?? findProfile(String(messages?.at(-1)?.content)) ?? AT_ONCE;
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(chunk(`{"role":"assistant","content":""}`));
    play(response, profile);
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server);
  return { baseUrl: `http://127.0.0.1:${port}/v1`, close: () => closeAll(server) };
}

function play(response: ServerResponse, { rate, tokens, ttftMs, seed }: Profile): void {
  const everyMs = rate === 0 ? 0 : 1000 / rate;
  const firstAt = performance.now() + ttftMs;
  const seeded = seed === null ? null : seededTokens(seed, tokens);
  let sent = 0;

  function sendDue(): void {
    if (response.destroyed) return;
    const due = everyMs === 0 ? tokens : Math.min(tokens, Math.floor((performance.now() - firstAt) / everyMs) + 1);
    // Each in a packet of its own, as servers flush them, even when this process is late.
    for (; sent < due; sent += 1) response.write(say(seeded?.[sent] ?? stampedToken()));
    if (sent < tokens) setTimeout(sendDue, Math.max(0, firstAt + sent * everyMs - performance.now()));
    else response.end(`${chunk("{}", '"stop"')}data: [DONE]\n\n`);
  }
  if (ttftMs === 0) sendDue();
  else setTimeout(sendDue, ttftMs);
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

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 4096, resolve));
  return (server.address() as AddressInfo).port;
}

export function closeAll(server: Server): void {
  server.close();
  server.closeAllConnections();
}
