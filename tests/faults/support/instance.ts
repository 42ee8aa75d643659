import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { SESSION_COOKIE } from "@/lib/auth/cookies";
import type { DocumentSummary } from "@/lib/documents/schema";
import { env } from "@/lib/env";
import { newId } from "@/lib/id";
import { aSignedInCookie } from "@/tests/support/sessions";

export type Instance = {
  origin: string;
  child: ChildProcess;
  /** What it printed so far. */
  printed: () => string;
  /** Resolves with the exit code; null when a signal ended it. */
  ended: Promise<number | null>;
};

const READY_MS = 60_000;

/** The built application in a process of its own, on these variables; it is ready when this resolves, and ends with the test. */
export async function anInstance(variables: Record<string, string>): Promise<Instance> {
  const port = await aFreePort();
  const origin = `http://localhost:${port}`;
  const next = join("node_modules", "next", "dist", "bin", "next");
  const { AUTH_SECRET, PROCONNECT_ISSUER, PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET } = env();
  const child = spawn(process.execPath, [next, "start", "--port", String(port), "--hostname", "localhost"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      NEXT_MANUAL_SIG_HANDLE: "1",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(port),
      APP_URL: origin,
      NEXTAUTH_URL: origin,
      AUTH_SECRET,
      PROCONNECT_ISSUER,
      PROCONNECT_CLIENT_ID,
      PROCONNECT_CLIENT_SECRET,
      ...variables,
    },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (printed += bytes));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  });
  for (const end = Date.now() + READY_MS; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const isReady = await fetch(`${origin}/api/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return { origin, child, printed: () => printed, ended };
    if (Date.now() > end || child.exitCode !== null) throw new Error(`the application is not ready:\n${printed}`);
  }
}

/** What a signed-in browser sends to an instance; a session is good on each of them. */
export async function aBrowserOf(actor: Actor) {
  const cookie = await aSignedInCookie(actor);
  if (!cookie.startsWith(SESSION_COOKIE)) throw new Error("no session cookie");
  const send = ({ origin }: Instance, path: string, init: RequestInit = {}) =>
    fetch(`${origin}${path}`, { ...init, headers: { cookie, origin, "content-type": "application/json" } });
  return {
    cookie,
    ask: (instance: Instance, body: object, signal?: AbortSignal) =>
      send(instance, "/api/chat", { method: "POST", body: JSON.stringify(body), ...(signal && { signal }) }),
    follow: (instance: Instance, conversationId: string) => send(instance, `/api/chat/${conversationId}/stream`),
    stop: (instance: Instance, conversationId: string) =>
      send(instance, `/api/chat/${conversationId}/stop`, { method: "POST", body: "{}" }),
    get: (instance: Instance, path: string) => send(instance, path),
    attach: async (instance: Instance, name: string, body: Uint8Array<ArrayBuffer>): Promise<DocumentSummary> => {
      const query = new URLSearchParams({ id: newId(), name });
      return (await send(instance, `/api/documents?${query}`, { method: "POST", body })).json();
    },
  };
}

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
