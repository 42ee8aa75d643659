import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { demoAnswer } from "./demo-answer.ts";
import { bareQuestion, searchWords, sourcesIn } from "./demo-sources.ts";

export const DEMO_MODEL = "demonstration";
const WORDS_PER_SECOND = 60;

const requestSchema = z.object({
  stream: z.boolean().default(false),
  messages: z.array(z.object({ role: z.string(), content: z.unknown() })).min(1),
  /** Only a search of the web is ever asked for by name. */
  tool_choice: z
    .object({ function: z.object({ name: z.literal("search_web") }) })
    .nullish()
    .catch(null),
});

/**
 * A stand-in for a model's server, so that a machine without any can try the product: it speaks the same protocol as a
 * real one, and says what it is.
 */
export async function startDemoModel({
  port = 0,
}: {
  port?: number;
}): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "GET" && request.url === "/v1/models") {
    return sendJson(response, 200, { object: "list", data: [{ id: DEMO_MODEL, object: "model", owned_by: "dev" }] });
  }
  if (request.method !== "POST" || request.url !== "/v1/chat/completions") {
    return sendJson(response, 404, { error: { message: "Not found" } });
  }
  const parsed = requestSchema.safeParse(await readJson(request));
  if (!parsed.success) return sendJson(response, 422, { error: { message: "Malformed request" } });
  const { stream, messages, tool_choice: choice } = parsed.data;
  const asked = messages.findLast(({ role }) => role === "user")?.content;
  const question = typeof asked === "string" ? asked : "";
  if (stream && choice) return sendSearch(response, searchWords(question) || "service public");
  const since = messages.slice(messages.findLastIndex(({ role }) => role === "user"));
  const given = since.flatMap(({ content }) => (typeof content === "string" ? [content] : []));
  const text = demoAnswer(bareQuestion(question), sourcesIn(given));
  const usage = { prompt_tokens: estimateTokens(JSON.stringify(messages)), completion_tokens: estimateTokens(text) };
  if (stream) return sendStream(response, text, usage);
  const message = { role: "assistant", content: text };
  return sendJson(response, 200, { choices: [{ index: 0, message, finish_reason: "stop" }], usage });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += chunk;
  try {
    return JSON.parse(text);
  } catch {
    return null; // refused by the caller, as any other malformed request
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function sendSearch(response: ServerResponse, query: string): void {
  const call = { name: "search_web", arguments: JSON.stringify({ query }) };
  const send = (delta: object, finish: string | null) =>
    response.write(
      `data: ${JSON.stringify({ model: DEMO_MODEL, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  response.writeHead(200, { "content-type": "text/event-stream" });
  send({ role: "assistant", tool_calls: [{ index: 0, id: "search", type: "function", function: call }] }, null);
  send({}, "tool_calls");
  response.end("data: [DONE]\n\n");
}

async function sendStream(response: ServerResponse, text: string, usage: object): Promise<void> {
  const send = (choices: object[], more = {}) =>
    response.write(
      `data: ${JSON.stringify({ object: "chat.completion.chunk", model: DEMO_MODEL, choices, ...more })}\n\n`,
    );
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const word of text.match(/\s*\S+\s*$|\s*\S+/g) ?? []) {
    if (response.destroyed) return;
    send([{ index: 0, delta: { content: word }, finish_reason: null }]);
    await wait(1000 / WORDS_PER_SECOND);
  }
  send([{ index: 0, delta: {}, finish_reason: "stop" }]);
  send([], { usage });
  response.end("data: [DONE]\n\n");
}

/** About four characters of French a token. */
const estimateTokens = (text: string): number => Math.ceil(text.length / 4);
