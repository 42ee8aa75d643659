import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { modelFetch } from "./llm.transport";

async function aServer(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const sockets = new Set<Socket>();
  const server = createServer(answer);
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat/completions`, sockets };
}

const ask = (url: string, init: RequestInit = {}) => modelFetch(url, { method: "POST", body: "{}", ...init });

it("sends what it is given, and gives the answer whole", async () => {
  const received: unknown[] = [];
  const { url } = await aServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    received.push({ method: request.method, path: request.url, key: request.headers["x-key"], body });
    response.writeHead(429, { "content-type": "application/json; charset=utf-8", "retry-after": "3" });
    response.end('{"detail":"occupé 🙂"}');
  });
  const response = await ask(url, { headers: new Headers({ "x-key": "a" }), body: '{"q":"été"}' });
  expect(received).toEqual([{ method: "POST", path: "/v1/chat/completions", key: "a", body: '{"q":"été"}' }]);
  expect(response.ok).toBe(false);
  expect(response.status).toBe(429);
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("retry-after")).toBe("3");
  expect(await response.text()).toBe('{"detail":"occupé 🙂"}');
});

it("gives an answer as it comes, and uses the connection again", async () => {
  const { url, sockets } = await aServer(async (request, response) => {
    request.resume();
    for (const word of ["un ", "deux ", "trois"]) {
      response.write(word);
      await wait(20);
    }
    response.end();
  });
  for (let round = 0; round < 3; round += 1) {
    const pieces: string[] = [];
    const decoder = new TextDecoder();
    for await (const bytes of (await ask(url)).body ?? []) pieces.push(decoder.decode(bytes));
    expect(pieces).toEqual(["un ", "deux ", "trois"]);
  }
  expect(sockets.size).toBe(1);
});

it("has no body to give for an answer without one", async () => {
  const { url } = await aServer((_request, response) => void response.writeHead(204).end());
  expect((await ask(url)).body).toBeNull();
});

it("fails as fetch does when nothing answers", async () => {
  const { url, sockets } = await aServer((request) => void request.socket.destroy());
  await expect(ask(url)).rejects.toMatchObject({ name: "TypeError", cause: { code: "ECONNRESET" } });
  expect(sockets.size).toBe(1);
  await expect(ask("http://127.0.0.1:9/v1")).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  await expect(ask("http://hote-inconnu.invalid/v1")).rejects.toMatchObject({ name: "TypeError" });
});

it("asks again, once, when the server closed a kept connection as it was used", async () => {
  let asked = 0;
  const { url, sockets } = await aServer((request, response) => {
    asked += 1;
    request.resume();
    if (asked === 2) request.socket.destroy();
    else response.end("oui");
  });
  expect(await (await ask(url)).text()).toBe("oui");
  await wait(20);
  expect(await (await ask(url)).text()).toBe("oui");
  expect([asked, sockets.size]).toEqual([3, 2]);
});

it("gives what came before the connection was cut, then fails", async () => {
  const { url } = await aServer((request, response) => {
    request.resume();
    response.write("début");
    setTimeout(() => request.socket.destroy(), 50);
  });
  const reader = (await ask(url)).body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("début");
  await expect(reader?.read()).rejects.toBeInstanceOf(Error);
});

it.each([
  ["before the answer", false],
  ["in the middle of it", true],
])("hangs up at once when the signal fires %s, and gives its reason", async (_when, begins) => {
  const asked = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<string>();
  const { url } = await aServer((request, response) => {
    request.resume();
    if (begins) response.write("début");
    asked.resolve();
    response.on("close", () => closed.resolve("closed by the one who asked"));
    setTimeout(() => closed.resolve("open until the next word"), 5_000).unref();
  });
  const stop = new AbortController();
  const reason = new Error("stopped");
  const reading = ask(url, { signal: stop.signal }).then((response) => response.text());
  await asked.promise;
  await wait(50);
  stop.abort(reason);
  await expect(reading).rejects.toBe(reason);
  expect(await closed.promise).toBe("closed by the one who asked");
  await expect(ask(url, { signal: stop.signal })).rejects.toBe(reason);
});

it("hangs up at once when its reader leaves", async () => {
  const closed = Promise.withResolvers<void>();
  const { url } = await aServer((request, response) => {
    request.resume();
    response.write("début");
    response.on("close", () => closed.resolve());
  });
  const reader = (await ask(url)).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await closed.promise;
});

it("loses nothing of many answers read at once, whose connections sleep between pieces and serve again", async () => {
  const words = Array.from({ length: 60 }, (_, n) => `mot${n} `);
  const { url, sockets } = await aServer(async (request, response) => {
    request.resume();
    for (const word of words) {
      response.write(word);
      await wait(5);
    }
    response.end();
  });
  for (let round = 0; round < 2; round += 1) {
    const texts = await Promise.all(
      Array.from({ length: 60 }, async () => {
        let pieces = 0;
        let text = "";
        const decoder = new TextDecoder();
        for await (const bytes of (await ask(url)).body ?? []) {
          text += decoder.decode(bytes, { stream: true });
          pieces += 1;
        }
        return { text, areGathered: pieces < words.length };
      }),
    );
    expect(texts).toEqual(Array(60).fill({ text: words.join(""), areGathered: true }));
  }
  expect(sockets.size).toBe(60);
});
