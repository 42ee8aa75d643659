import { randomUUID } from "node:crypto";
import type { Browser } from "../tests/support/browser.ts";
import { signIn, spawnNode, startApplication, untilPrinted } from "./support/application.ts";
import { quantile } from "./support/figures.ts";
import { startUpstream } from "./support/upstream.ts";

/*
 * Time before the first word, on an idle server: the application against a bare relay, one after the other in the same
 * run so that the machine's mood touches both. Figures are for reading, never for a test.
 */
const WARM_UPS = 20;
const ROUNDS = 200;

const upstream = await startUpstream();
const relay = spawnNode(["bench/support/relay-process.ts", upstream.baseUrl]);
const relayUrl = (await untilPrinted(relay, /\n/)).trim();
const application = await startApplication(upstream.baseUrl);
try {
  const browser = await signIn(application.origin, "culture");
  const times = { relay: [] as number[], application: [] as number[] };
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    const viaRelay = await firstWord(
      (signal) => fetch(relayUrl, { method: "POST", body: "{}", signal }),
      '"content":"mot0',
    );
    const viaApplication = await firstWord((signal) => ask(browser, application.origin, signal), '"type":"text-delta"');
    if (round >= 0) {
      times.relay.push(viaRelay);
      times.application.push(viaApplication);
    }
  }
  report(times);
} finally {
  await application.close();
  relay.kill();
  upstream.close();
}

function ask(browser: Browser, origin: string, signal: AbortSignal): Promise<Response> {
  const question = {
    kind: "ask",
    conversationId: randomUUID(),
    isNew: true,
    questionId: randomUUID(),
    text: "Bonjour",
  };
  return browser.send(`${origin}/api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", origin },
    body: JSON.stringify(question),
    signal,
  });
}

/** Milliseconds until `mark` is read; the rest of the answer is read too, so that rounds do not overlap. */
async function firstWord(send: (signal: AbortSignal) => Promise<Response>, mark: string): Promise<number> {
  const startedAt = performance.now();
  const response = await send(AbortSignal.timeout(30_000));
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`);
  const decoder = new TextDecoder();
  let text = "";
  let elapsed: number | undefined;
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (elapsed === undefined && text.includes(mark)) elapsed = performance.now() - startedAt;
  }
  if (elapsed === undefined) throw new Error(`no word in the answer: ${text.slice(0, 500)}`);
  return elapsed;
}

function report({ relay, application }: Record<"relay" | "application", number[]>): void {
  console.log(`time to the first word, ${ROUNDS} questions one after the other`);
  for (const [name, share] of [
    ["p50", 0.5],
    ["p95", 0.95],
  ] as const) {
    const floor = quantile(relay, share);
    const ours = quantile(application, share);
    console.log(
      `${name}: relay ${floor.toFixed(1)} ms, application ${ours.toFixed(1)} ms, added ${(ours - floor).toFixed(1)} ms, ratio ${(ours / floor).toFixed(1)}`,
    );
  }
  console.log("budget: p50 at most 15 ms over the relay");
}
