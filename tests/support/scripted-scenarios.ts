import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { DEFAULT_ANSWER, wordsAnswer } from "./scripted-answers.ts";

export type Scenario = (response: ServerResponse, random: () => number) => Promise<void>;

const event = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] })}`;
const say = (content: string) => event({ content });
const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 } })}`;
const DONE = "data: [DONE]";

const begin = (response: ServerResponse, status = 200, type = "text/event-stream") =>
  response.writeHead(status, { "content-type": type });

/** Sends lines as one writes them, split at random bytes, several lines a packet or one line over several. */
async function sendHostile(response: ServerResponse, lines: string[], random: () => number): Promise<void> {
  const ending = random() < 0.5 ? "\r\n" : "\n";
  const bytes = Buffer.from(`${lines.join(ending + ending)}${ending}${ending}`);
  for (let position = 0; position < bytes.length && !response.destroyed; ) {
    const length = 1 + Math.floor(random() * 400);
    response.write(bytes.subarray(position, position + length));
    position += length;
    if (random() < 0.3) await wait(Math.floor(random() * 12));
  }
  response.end();
}

/** Cuts a text anywhere: in the middle of a word, of an emoji, of a Markdown mark. */
export function cutAnywhere(text: string, random: () => number): string[] {
  const pieces: string[] = [];
  for (let position = 0; position < text.length; ) {
    const length = 1 + Math.floor(random() * 9);
    pieces.push(text.slice(position, position + length));
    position += length;
  }
  return pieces;
}

const answering =
  (text: string): Scenario =>
  async (response, random) => {
    begin(response);
    const said = cutAnywhere(text, random).flatMap((piece, index) => [
      ...(index % 7 === 3 ? [": comment"] : []),
      ...(index % 11 === 5 ? [event({ content: null })] : []),
      ...(index % 13 === 2 ? ["event: message"] : []),
      say(piece),
      ...(index === 4 ? [USAGE] : []),
    ]);
    await sendHostile(response, [event({ role: "assistant", content: "" }), ...said, event({}, "stop"), DONE], random);
  };

const status =
  (code: number, body: object | string, headers: Record<string, string> = {}): Scenario =>
  async (response) => {
    const isText = typeof body === "string";
    response.writeHead(code, { "content-type": isText ? "text/html" : "application/json", ...headers });
    response.end(isText ? body : JSON.stringify(body));
  };

const lines =
  (...all: string[]): Scenario =>
  async (response, random) => {
    begin(response);
    await sendHostile(response, all, random);
  };

const slowly =
  (words: string[], everyMs: number, end: (response: ServerResponse) => void): Scenario =>
  async (response) => {
    begin(response);
    for (const word of words) {
      if (response.destroyed) return;
      response.write(`${say(`${word} `)}\n\n`);
      await wait(everyMs);
    }
    end(response);
  };

const finish = (response: ServerResponse) => void response.end(`${event({}, "stop")}\n\n${DONE}\n\n`);

/** Each way a model's server answers, by name; a question that holds `[scenario:name]` gets it. */
export const scenarios: Record<string, Scenario> = {
  default: answering(DEFAULT_ANSWER),
  "401": status(401, { error: { message: "Incorrect API key", type: "auth", code: "invalid_api_key" } }),
  "403": status(403, { detail: "Not authenticated" }),
  "404": status(404, { detail: "Model not found" }),
  "422": status(422, { detail: [{ msg: "field required", loc: ["body"] }] }),
  "429": status(429, { detail: "Rate limit exceeded" }, { "retry-after": "1" }),
  "500": status(500, { error: "Internal server error" }),
  "503": status(503, { message: "Model is too busy" }, { "retry-after": "10" }),
  "html-error": status(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
  "html-in-200": status(200, "<!doctype html><html><body>Portail d’authentification</body></html>"),
  "slow-first-token": async (response) => {
    begin(response);
    await wait(8_000);
    finish(response);
  },
  "cut-in-the-middle": async (response) => {
    begin(response);
    response.write(`${say("Début de réponse ")}\n\n${say("coupée")}\n\ndata: {"choices":[{"del`);
    await wait(50);
    response.destroy();
  },
  "ended-without-a-word": lines(event({ role: "assistant", content: "" })),
  "closed-early": lines(say("Début "), say("de réponse")),
  "empty-answer": lines(event({ role: "assistant", content: "" }), event({}, "stop"), DONE),
  "malformed-stream": lines(say("Bonjour"), "data: {pas du json", event({}, "stop"), DONE),
  "error-event": lines(say("Bonjour"), "event: error", `data: ${JSON.stringify({ error: { message: "boom" } })}`),
  "raw-detail": lines(say("Bonjour"), JSON.stringify({ detail: "upstream timeout" })),
  "finish-error": lines(say("Bonjour"), event({}, "error"), DONE),
  "without-done": lines(say("Réponse "), say("sans fin de flux"), event({}, "stop")),
  "without-finish-reason": lines(say("Réponse "), say("sans motif"), DONE),
  "think-tags": lines(
    say("<th"),
    say("ink>Je réflé"),
    say("chis</thi"),
    say("nk>\n\nMa répo"),
    say("nse"),
    event({}, "stop"),
    DONE,
  ),
  "unclosed-think": lines(say("<think>Je réfléchis sans fin"), event({}, "stop"), DONE),
  "reasoning-content": lines(event({ reasoning_content: "Je réfléchis" }), say("Ma réponse"), event({}, "stop"), DONE),
  reasoning: lines(event({ reasoning: "Je réfléchis" }), say("Ma réponse"), event({}, "stop"), DONE),
  "content-parts": lines(
    event({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Je réfléchis" }] }] }),
    event({ content: [{ type: "text", text: "Ma réponse" }] }),
    event({}, "stop"),
    DONE,
  ),
  "odd-roles": lines(
    event({ role: null, content: "Ma " }),
    event({ role: "model", content: "réponse" }),
    event({}, "eos"),
    DONE,
  ),
  "not-streamed": async (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        choices: [{ index: 0, message: { role: "assistant", content: "D’un bloc" }, finish_reason: "stop" }],
      }),
    );
  },
  "slow-stream": slowly(wordsAnswer(60).split(" "), 50, finish),
  "never-ends": slowly(wordsAnswer(6000).split(" "), 50, finish),
  stalls: slowly(["Début", "puis"], 10, () => {}),
  "a-title": answering('**Titre : "Relance d’une convention".**'),
  "a-summary": answering("La personne prépare une convention ; le montant est de 1 200 €."),
  long: answering(wordsAnswer(3000)),
};
