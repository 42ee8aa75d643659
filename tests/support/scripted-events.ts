import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

export type ScriptedRequest = {
  body: Record<string, unknown>;
  /** How many times this very question was asked before. */
  earlier: number;
};

export type Scenario = (response: ServerResponse, random: () => number, request: ScriptedRequest) => Promise<void>;

export const event = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason: finish }] })}`;
export const say = (content: string) => event({ content });
export const usage = (fields: object) => `data: ${JSON.stringify({ choices: [], usage: fields })}`;
export const USAGE = usage({ prompt_tokens: 12, completion_tokens: 34, total_tokens: 46 });
export const DONE = "data: [DONE]";

export const begin = (response: ServerResponse, status = 200, type = "text/event-stream") =>
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
function cutAnywhere(text: string, random: () => number): string[] {
  const pieces: string[] = [];
  for (let position = 0; position < text.length; ) {
    const length = 1 + Math.floor(random() * 9);
    pieces.push(text.slice(position, position + length));
    position += length;
  }
  return pieces;
}

export const answering =
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

export const status =
  (code: number, body: object | string, headers: Record<string, string> = {}): Scenario =>
  async (response) => {
    const isText = typeof body === "string";
    response.writeHead(code, { "content-type": isText ? "text/html" : "application/json", ...headers });
    response.end(isText ? body : JSON.stringify(body));
  };

export const lines =
  (...all: string[]): Scenario =>
  async (response, random) => {
    begin(response);
    await sendHostile(response, all, random);
  };

export const slowly =
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

export const finish = (response: ServerResponse) => void response.end(`${event({}, "stop")}\n\n${DONE}\n\n`);
