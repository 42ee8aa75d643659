import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** What the launcher must not inherit from whoever runs the tests. */
const BARE = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };

const nodeFlags = ["--import", "./scripts/require-node.mjs", "--conditions=react-server"];

export type Ended = { code: number | null; out: string };

/** Runs `script` as npm would, with these variables and no other. */
export function launch(
  script: string[],
  variables: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [...nodeFlags, ...script], {
    env: { ...BARE, ...variables } as unknown as NodeJS.ProcessEnv,
  });
  let out = "";
  child.stdout?.on("data", (chunk) => (out += chunk));
  child.stderr?.on("data", (chunk) => (out += chunk));
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, out })));
  return { child, ended };
}

export const check = (variables: Record<string, string>) => launch(["scripts/start.ts", "--check"], variables).ended;

/** A folder that ends with the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "assistant-launcher-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
