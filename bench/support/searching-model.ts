import { createServer } from "node:http";
import { closeAll, listen } from "./upstream.ts";

export type SearchingModel = {
  baseUrl: string;
  /** What is looked for in the documents by the next question; null: it is answered without looking. */
  ask: (query: string | null) => void;
  /** Milliseconds between the last calls of a tool and the questions that brought their results. */
  searchesMs: number[];
  close: () => void;
};

type Asked = { messages?: { role: string }[]; tools?: { function: { name: string } }[] };

/** A model that answers at once; offered a search in documents, it searches them first, once. */
export async function startSearchingModel(): Promise<SearchingModel> {
  const searchesMs: number[] = [];
  let query: string | null = null;
  let calledAt = 0;
  const server = createServer(async (request, response) => {
    const arrivedAt = performance.now();
    const body = Buffer.concat(await request.toArray()).toString();
    const { messages = [], tools = [] }: Asked = JSON.parse(body || "{}");
    const isResult = messages.at(-1)?.role === "tool";
    if (isResult) searchesMs.push(arrivedAt - calledAt);
    response.setHeader("content-type", "text/event-stream");
    const say = (delta: object, finish: string | null = null) =>
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`);
    const isOffered = tools.some((tool) => tool.function.name === "search_documents");
    if (query !== null && isOffered && !isResult) {
      const call = { name: "search_documents", arguments: JSON.stringify({ query }) };
      say({ tool_calls: [{ index: 0, id: "search", type: "function", function: call }] });
      say({}, "tool_calls");
      calledAt = performance.now();
    } else {
      say({ content: "Voici ce que disent les documents." });
      say({}, "stop");
    }
    response.end("data: [DONE]\n\n");
  });
  const port = await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    ask: (next) => {
      query = next;
    },
    searchesMs,
    close: () => closeAll(server),
  };
}
