import "server-only";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const KEY = /^[a-z0-9-]{8,80}$/;

export const isKey = (key: string): boolean => KEY.test(key);

/** Refuses what someone may have typed. */
export function requireKey(key: string): void {
  if (!isKey(key)) throw new Error("a key of the file storage is made by the product");
}

/** Opens a folder of files that last no longer than this process; gives the path of a new one. */
export function createPassingFolder(folder: string): () => Promise<string> {
  let ready: Promise<void> | undefined;
  return async () => {
    ready ??= prepare(folder);
    await ready;
    return join(folder, `${process.pid}-${randomUUID()}`);
  };
}

/** Once for this process: what an earlier one was writing when it died will never be whole. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder))
    if (!name.startsWith(`${process.pid}-`) && !isRunning(Number.parseInt(name, 10))) await rm(join(folder, name));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // asking is the only way to know
  }
}
