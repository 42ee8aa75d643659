/** More bytes than allowed came. */
export class FileTooLargeError extends Error {
  override readonly name = "FileTooLargeError";
}

/** No bytes are kept under this key. */
export class FileMissingError extends Error {
  override readonly name = "FileMissingError";
}

/** What a server that keeps files did wrong. */
export type StorageFault = "unreachable" | "refused" | "no_bucket" | "wrong_region" | "failed";

/** The server that keeps files did not do what it was asked: nothing is known of what it keeps. */
export class FileStorageError extends Error {
  override readonly name = "FileStorageError";
  readonly fault: StorageFault;

  constructor(fault: StorageFault, options?: ErrorOptions) {
    super(`the file storage: ${fault}`, options);
    this.fault = fault;
  }
}

// By name: the storage is shared by all that Next bundles apart, and each bundle has classes of its own.
const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
export const isFileTooLarge = (error: unknown): boolean => isNamed(error, "FileTooLargeError");
export const isFileMissing = (error: unknown): boolean => isNamed(error, "FileMissingError");
export const isFileStorageFailure = (error: unknown): boolean => isNamed(error, "FileStorageError");
/** The disk, or what the account may use of it. */
export const isStorageFull = (error: unknown): boolean => ["ENOSPC", "EDQUOT"].includes(systemCodeOf(error));

/** What the operating system calls an error; empty when it is none of its. */
export const systemCodeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";
