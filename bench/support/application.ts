import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aBrowser, type Browser } from "../../tests/support/browser.ts";

const PORT = process.env.BENCH_PORT || "4590";

export type RunningApplication = { origin: string; pid: number; close: () => Promise<void> };

/** The production build, started by the real launcher on an empty data folder, with `upstream` as its model. */
export async function startApplication(
  upstream: string,
  { variables = {}, prefix = [] }: { variables?: Record<string, string>; prefix?: string[] } = {},
): Promise<RunningApplication> {
  const folder = mkdtempSync(join(tmpdir(), "assistant-bench-"));
  const child = spawnNode(
    ["--conditions=react-server", "scripts/start.ts"],
    {
      PORT,
      DATA_DIR: folder,
      LLM_BASE_URL: upstream,
      LLM_MODEL: "bench",
      LIMIT_AGENT_MESSAGES_PER_MINUTE: "0",
      LIMIT_AGENT_TOKENS_PER_DAY: "0",
      ...variables,
    },
    prefix,
  );
  const origin = `http://localhost:${PORT}`;
  await untilPrinted(child, /est prêt/);
  return {
    origin,
    pid: pidOf(child),
    close: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `prefix`: a command that runs Node, such as `taskset -c 0`. */
export function spawnNode(
  script: string[],
  variables: Record<string, string> = {},
  prefix: string[] = [],
): ChildProcess {
  const [command = "", ...args] = [...prefix, process.execPath, ...script];
  return spawn(command, args, {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("the process did not start");
  return child.pid;
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

/** The `Cookie` header that a signed-in browser sends. */
export const cookieHeader = (browser: Browser, origin: string): string =>
  browser
    .cookieNames(origin)
    .map((name) => `${name}=${browser.cookie(name)}`)
    .join("; ");
