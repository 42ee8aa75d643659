import { randomUUID } from "node:crypto";
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Load, LoadFigures } from "./load.ts";
import { msSince, profileName, STAMP_MARK, STAMPED_CHARACTERS } from "./profile.ts";

/*
 * Plays what many readers do, as cheaply as possible so that what is measured is the server: raw HTTP, and of what
 * comes back only the stamps are looked for, never the JSON around them.
 */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const TIMEOUT_MS = 60_000;

process.on("message", async (load: Load) => {
  process.send?.(await play(load));
});

async function play(load: Load): Promise<LoadFigures> {
  const figures: LoadFigures = { firstTokenMs: [], latencyMs: [], tokens: 0, failures: [] };
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: load.streams }, async (_, index) => {
      await wait((index * load.overMs) / load.streams);
      await readOne(load, figures).catch((error: Error) => figures.failures.push(error.message));
    }),
  );
  figures.seconds = (performance.now() - startedAt) / 1000;
  return figures;
}

async function readOne(load: Load, figures: LoadFigures): Promise<void> {
  const startedAt = performance.now();
  const response = await open(load);
  let tail = "";
  let heard = 0;
  await new Promise<void>((resolve, reject) => {
    response.setEncoding("latin1");
    response.on("data", (text: string) => {
      const all = tail + text;
      let from = 0;
      for (let at = all.indexOf(STAMP_MARK); at !== -1; at = all.indexOf(STAMP_MARK, from)) {
        if (at + STAMPED_CHARACTERS > all.length) break;
        if (heard === 0) figures.firstTokenMs.push(performance.now() - startedAt);
        from = at + STAMPED_CHARACTERS;
        figures.latencyMs.push(msSince(all.slice(at + STAMP_MARK.length, from)));
        heard += 1;
      }
      tail = all.slice(Math.max(from, all.length - STAMPED_CHARACTERS + 1));
    });
    response.once("end", resolve);
    response.once("error", reject);
  });
  figures.tokens += heard;
  if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
  if (heard !== load.profile.tokens) throw new Error(`${heard} tokens of ${load.profile.tokens}`);
}

function open({ url, cookie, profile }: Load): Promise<IncomingMessage> {
  const model = profileName(profile);
  const question = cookie
    ? {
        kind: "ask",
        conversationId: randomUUID(),
        isNew: true,
        questionId: randomUUID(),
        answerId: randomUUID(),
        text: model,
      }
    : { model, stream: true, messages: [{ role: "user", content: "Bonjour" }] };
  const body = Buffer.from(JSON.stringify(question));
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: "POST",
      agent,
      headers: {
        "content-type": "application/json",
        "content-length": body.length,
        ...(cookie && { cookie, "sec-fetch-site": "same-origin" }),
      },
    });
    sent.setTimeout(TIMEOUT_MS, () => sent.destroy(new Error("no byte for a minute")));
    sent.once("response", resolve);
    sent.once("error", reject);
    sent.end(body);
  });
}
