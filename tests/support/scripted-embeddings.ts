import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Words that mean the same, as a real model would know. */
const CONCEPTS = [
  ["voiture", "véhicule", "automobile"],
  ["vacances", "congés", "repos"],
  ["salaire", "rémunération", "traitement", "paie"],
  ["maladie", "souffrant", "arrêt"],
];
const DIMENSIONS = 64;

/** A vector made of what the words of a text mean; words that mean nothing known count a little. */
function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    const concept = CONCEPTS.findIndex((words) => words.some((known) => word.startsWith(known.slice(0, 6))));
    const hashed = [...word].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7);
    const index = concept >= 0 ? concept : CONCEPTS.length + (hashed % (DIMENSIONS - CONCEPTS.length));
    vector[index] = (vector[index] ?? 0) + (concept >= 0 ? 3 : 0.2);
  }
  return vector;
}

/** What may go wrong with a server of vectors. */
export type Trouble = "none" | "500" | "busy-once" | "too-few" | "not-numbers" | "page" | "silent";

/** A server of vectors for tests, on a real port, that misbehaves as it is told. */
export async function startScriptedEmbeddings() {
  const asked: string[][] = [];
  let trouble: Trouble = "none";
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { input } = JSON.parse(body) as { input: string[] };
    asked.push(input);
    const say = (status: number, value: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
    const data = input.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text) as unknown[] }));
    switch (trouble) {
      case "500":
        return say(500, { error: "boom" });
      case "busy-once":
        trouble = "none";
        return say(429, { detail: "Rate limit exceeded" }, { "retry-after": "0" });
      case "too-few":
        return say(200, { object: "list", data: data.slice(1) });
      case "not-numbers":
        return say(200, { object: "list", data: data.map((each) => ({ ...each, embedding: [1, null, 2] })) });
      case "page":
        return response.writeHead(200, { "content-type": "text/html" }).end("<html>Portail</html>");
      case "silent":
        return;
      case "none":
        return say(200, { object: "list", data, model: "vecteurs", usage: { prompt_tokens: 1, total_tokens: 1 } });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    misbehave: (next: Trouble) => {
      trouble = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
