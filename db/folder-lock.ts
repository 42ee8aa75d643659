import "server-only";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

export class FolderInUseError extends Error {
  override readonly name = "FolderInUseError";
}

/**
 * Holds `folder` for this process alone, and returns what releases it. Throws `FolderInUseError` when another process
 * holds it.
 *
 * An open exclusive transaction on a small SQLite file beside the folder is a lock of the operating system: it ends with the process,
 * however it ends, so there is no stale lock to guess about (unlike a file that holds a pid).
 */
export function holdFolder(folder: string): () => void {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true });
  const lock = new DatabaseSync(join(path, "..", `${path.split(/[\\/]/).at(-1)}.lock`), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (isLocked(error)) throw new FolderInUseError(`${path} is held by another process`);
    throw error;
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}

function isLocked(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}
