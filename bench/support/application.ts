import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aBrowser, type Browser } from "../../tests/support/browser.ts";

const PORT = process.env.BENCH_PORT || "4590";

/** The production build, started by the real launcher on an empty data folder, with `upstream` as its model. */
export async function startApplication(upstream: string): Promise<{ origin: string; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "assistant-bench-"));
  const child = spawnNode(["--conditions=react-server", "scripts/start.ts"], {
    PORT,
    DATA_DIR: folder,
    LLM_BASE_URL: upstream,
    LLM_MODEL: "bench",
    LIMIT_AGENT_MESSAGES_PER_MINUTE: "0",
    LIMIT_AGENT_TOKENS_PER_DAY: "0",
  });
  const origin = `http://localhost:${PORT}`;
  await untilPrinted(child, /est prêt/);
  return {
    origin,
    close: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function spawnNode(script: string[], variables: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, script, {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Resolves with what `child` printed once it matches; rejects when it ends before. */
export function untilPrinted(child: ChildProcess, pattern: RegExp): Promise<string> {
  let out = "";
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (bytes) => {
      out += bytes;
      if (pattern.test(out)) resolve(out);
    });
    child.once("exit", () => reject(new Error(`ended before it was ready:\n${out}`)));
  });
}

/** Signs a test agent in as a browser would, through the demonstration identity provider. */
export async function signIn(origin: string, agent: string): Promise<Browser> {
  const browser = aBrowser();
  const isBack = (url: string) => url.startsWith(origin);
  const { csrfToken } = await (await browser.send(`${origin}/api/auth/csrf`)).json();
  const started = await browser.send(`${origin}/api/auth/signin/proconnect`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin", "content-type": "application/json" },
    body: JSON.stringify({ csrfToken, callbackUrl: "/", json: "true" }),
  });
  const { url } = await started.json();
  const choice = await browser.follow(await browser.send(url), url, isBack);
  const chosen = await browser.send(choice.url, { method: "POST", body: new URLSearchParams({ agent }) });
  const back = await browser.follow(chosen, choice.url, isBack);
  const end = await browser.send(back.url);
  if (end.status >= 400) throw new Error(`sign-in answered ${end.status}`);
  return browser;
}
