import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** What a request is answered with: the text of a page, or what real servers do instead. */
export type OcrAnswer =
  | { markdown: string }
  | { status: number; retryAfter?: string; body?: string; location?: string }
  | "silent"
  | "cut"
  | "endless";

type OcrRequest = { path: string; authorization: string | undefined; body: unknown };

export type ScriptedOcr = {
  /** « /v1 » included. */
  baseUrl: string;
  requests: OcrRequest[];
  /** The next answers, in order; the last one is given again and again. */
  answer: (...answers: OcrAnswer[]) => void;
  close: () => Promise<void>;
};

/** A server that recognises as Mistral's and Albert's do, and misbehaves when it is told to. */
export async function startScriptedOcr(): Promise<ScriptedOcr> {
  let answers: OcrAnswer[] = [];
  const requests: OcrRequest[] = [];
  const server = createServer(async (request, response) => {
    const { url = "", headers } = request;
    requests.push({ path: url, authorization: headers.authorization, body: await json(request).catch(() => null) });
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (next) give(next, response);
    else response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    answer: (...next) => {
      answers = next;
      requests.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function give(answer: OcrAnswer, response: ServerResponse): void {
  if (answer === "silent") return;
  if (answer === "cut") {
    response.writeHead(200, { "content-length": "1000" }).write('{"pages":[');
    setTimeout(() => response.destroy(), 20);
    return;
  }
  if (answer === "endless") {
    const more = () => void (response.destroyed || response.write("x".repeat(100_000), more));
    response.writeHead(200);
    more();
    return;
  }
  if ("markdown" in answer) {
    const page = {
      index: 0,
      markdown: answer.markdown,
      images: [],
      dimensions: { dpi: 200, height: 2339, width: 1654 },
    };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ pages: [page], model: "ocr", usage_info: { pages_processed: 1 } }));
    return;
  }
  const { status, retryAfter, location, body = '{"detail":"Model is too busy"}' } = answer;
  response
    .writeHead(status, { ...(retryAfter && { "retry-after": retryAfter }), ...(location && { location }) })
    .end(body);
}
