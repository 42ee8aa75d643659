import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Refusal } from "./refusal.ts";

const FIRST_ANSWER_MS = 180_000;
/** The application lets running turns end for 30 s; a little more, and it is stuck. */
const STOP_MS = 35_000;

/** Megabytes for what lives briefly, as nearly everything in a stream does: collected less often, and nearly empty then. */
const YOUNG_OBJECTS = "--max-semi-space-size=32";

/** Starts Next in a process of its own, and passes on the signals this one receives. */
export function startApplication(options: {
  dev: boolean;
  port: number;
  host: string;
  env: Record<string, string>;
}): ChildProcess {
  const next = join("node_modules", "next", "dist", "bin", "next");
  const child = spawn(
    process.execPath,
    [YOUNG_OBJECTS, next, options.dev ? "dev" : "start", "--port", String(options.port), "--hostname", options.host],
    {
      stdio: "inherit",
      // A group of its own: Ctrl-C reaches it once, through us.
      detached: true,
      env: {
        ...process.env,
        ...options.env,
        NODE_ENV: options.dev ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
        // lib/process ends the process: it waits for running turns, which Next does not know.
        NEXT_MANUAL_SIG_HANDLE: "1",
        LAUNCHER_PID: String(process.pid),
      },
    },
  );
  let asked = false;
  const stop = () => {
    if (asked) return void kill(child, "SIGKILL"); // a second Ctrl-C: whoever launched us will not wait
    asked = true;
    kill(child, "SIGTERM");
    setTimeout(() => kill(child, "SIGKILL"), STOP_MS).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  process.on("exit", () => kill(child, "SIGKILL"));
  stopWithNpm(stop);
  return child;
}

/** npm passes a signal to the shell between it and us, which dies without a word to us: only our parent changes. */
function stopWithNpm(stop: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
}

export const exitOf = (child: ChildProcess) =>
  new Promise<number>((resolve) => child.once("exit", (code, signal) => resolve(signal ? 1 : (code ?? 1))));

/** Resolves when the application answers; refuses when it never does. */
export async function untilItAnswers(
  { host, port }: { host: string; port: number },
  ended: AbortSignal,
): Promise<void> {
  const isEverywhere = host === "0.0.0.0" || host === "::";
  for (const end = Date.now() + FIRST_ANSWER_MS; Date.now() < end && !ended.aborted; await wait(200)) {
    try {
      const signal = AbortSignal.timeout(30_000);
      const response = await fetch(`http://${isEverywhere ? "127.0.0.1" : host}:${port}/api/health/live`, { signal });
      await response.body?.cancel();
      if (response.ok) return;
    } catch {
      // not listening yet: the loop asks again
    }
  }
  if (!ended.aborted) throw new Refusal("L’application a démarré mais ne répond pas.");
}
