import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { scenarios } from "./scripted-scenarios.ts";

/** `images`: the addresses of those that are shown. */
type ReceivedMessage = { role: string; content: string; images?: string[] };

export type ReceivedRequest = {
  path: string;
  authorization: string | undefined;
  body: { model?: string; stream?: boolean; messages?: ReceivedMessage[]; [option: string]: unknown };
  /** When the client hung up before the end of the answer; milliseconds since the epoch. */
  abandonedAt: number | null;
};

export type ScriptedModel = {
  baseUrl: string;
  requests: ReceivedRequest[];
  /** What it was asked besides answers: titles, summaries, queries. */
  jobRequests: ReceivedRequest[];
  /** Every next answer follows this scenario, whatever the question says; null: the question decides again. */
  follow: (scenario: string | null) => void;
  /** The status with which the list of models is answered from now on. */
  listModelsWith: (status: number) => void;
  /** How many times the list of models was asked for. */
  timesListed: () => number;
  /** How many connections were opened. */
  connections: () => number;
  close: () => Promise<void>;
};

/**
 * A model's server for tests, on a real port. A question that holds `[scenario:name]` is answered as
 * `scripted-scenarios.ts` says; any other gets the hostile default. A title, a summary or a query is another job: it follows
 * `[title:name]`, `[summary:name]` or `[query:name]`, and is by default something of no use.
 */
export async function startScriptedModel({ port = 0 } = {}): Promise<ScriptedModel> {
  const requests: ReceivedRequest[] = [];
  const jobRequests: ReceivedRequest[] = [];
  let imposed: string | null = null;
  let listStatus = 200;
  let timesListed = 0;
  let connections = 0;

  const server: Server = createServer(async (request, response) => {
    const path = request.url ?? "";
    if (path.endsWith("/models")) {
      timesListed += 1;
      response.writeHead(listStatus, { "content-type": "application/json" });
      response.end(JSON.stringify({ object: "list", data: [{ id: "modele-d-essai", object: "model" }] }));
      return;
    }
    const body = inText(JSON.parse((await textOf(request)) || "{}") as ReceivedRequest["body"]);
    const received: ReceivedRequest = { path, authorization: request.headers.authorization, body, abandonedAt: null };
    const job = jobOf(body);
    const question = questionOf(body);
    const earlier = requests.filter((request) => questionOf(request.body) === question).length;
    (job ? jobRequests : requests).push(received);
    response.on("close", () => {
      if (!response.writableFinished) received.abandonedAt = Date.now();
    });
    const asked = job ? JOB_SCENARIO[job].exec(question)?.[1] : question.match(/(?<=\[scenario:)[\w-]+(?=\])/g)?.at(-1);
    const name = (job ? null : imposed) ?? asked ?? "default";
    const play = scenarios[name];
    if (!play) {
      response.writeHead(500).end(`unknown scenario ${name}`);
      return;
    }
    await play(response, seeded(requests.length), { body, earlier });
  });

  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    jobRequests,
    follow: (scenario) => {
      imposed = scenario;
    },
    listModelsWith: (status) => {
      listStatus = status;
    },
    timesListed: () => timesListed,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Shown = { type: string; text?: string; image_url?: { url: string } };

/** Messages that show images, as the others: their text, and the images apart. */
function inText(body: ReceivedRequest["body"]): ReceivedRequest["body"] {
  for (const message of body.messages ?? []) {
    if (!Array.isArray(message.content)) continue;
    const parts: Shown[] = message.content;
    message.images = parts.flatMap(({ image_url }) => image_url?.url ?? []);
    message.content = parts.flatMap(({ text }) => text ?? []).join("\n");
  }
  return body;
}

/** The last question, whatever tools gave since. */
const questionOf = ({ messages }: ReceivedRequest["body"]): string =>
  String(messages?.findLast(({ role }) => role === "user")?.content ?? "");

const JOB_SCENARIO = {
  title: /\[title:([\w-]+)\]/,
  summary: /\[summary:([\w-]+)\]/,
  query: /\[query:([\w-]+)\]/,
};

/** Which job the instructions describe; null for an answer. */
function jobOf({ messages }: ReceivedRequest["body"]): keyof typeof JOB_SCENARIO | null {
  const instructions = String(messages?.[0]?.content ?? "");
  if (instructions.startsWith("Vous donnez un titre")) return "title";
  if (instructions.startsWith("Vous écrivez la requête")) return "query";
  return instructions.startsWith("Vous résumez") ? "summary" : null;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

/** The same numbers at each run (mulberry32), so that a failure can be played again. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
  const { baseUrl } = await startScriptedModel({ port: Number(values.port) });
  console.log(`Scripted model on ${baseUrl}`);
}
