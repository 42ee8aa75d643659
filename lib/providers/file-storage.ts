import "server-only";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { env } from "@/lib/env";
import { createLocalStorage } from "./file-storage.local";
import { createS3Storage } from "./file-storage.s3";
import { s3OptionsOf } from "./file-storage.s3.options";

export {
  isFileMissing,
  isFileStorageFailure,
  isFileTooLarge,
  isStorageFull,
  systemCodeOf,
} from "./file-storage.errors";

/** What was stored. */
export type StoredBytes = { sizeBytes: number; sha256: string };

/**
 * Where the bytes of files are kept, under keys made by the product: never a name that someone typed. A server that keeps them
 * and does not do what it is asked is a `FileStorageError`.
 */
export type FileStorage = {
  /**
   * Stores a stream as it comes, whole or not at all: one that breaks, or exceeds `bytesMax` (`FileTooLargeError`), leaves
   * nothing behind. Never holds it in memory.
   */
  put(key: string, bytes: AsyncIterable<Uint8Array>, bytesMax: number): Promise<StoredBytes>;
  /** Throws `FileMissingError`. */
  open(key: string): Promise<Readable>;
  /** Calls `work` with the path of a local copy, that must not be changed and may be gone afterwards. Throws `FileMissingError`. */
  withLocalPath<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
};

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantFileStorage?: FileStorage | undefined };

export function fileStorage(): FileStorage {
  shared.assistantFileStorage ??= createFileStorage();
  return shared.assistantFileStorage;
}

function createFileStorage(): FileStorage {
  const s3 = s3OptionsOf(env());
  return s3 ? createS3Storage(s3) : createLocalStorage(join(env().DATA_DIR, "files"));
}
