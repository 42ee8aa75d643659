/** More bytes than allowed came. */
export class FileTooLargeError extends Error {
  override readonly name = "FileTooLargeError";
}

/** No bytes are kept under this key. */
export class FileMissingError extends Error {
  override readonly name = "FileMissingError";
}

// By name: the storage is shared by all that Next bundles apart, and each bundle has classes of its own.
export const isFileTooLarge = (error: unknown): boolean => error instanceof Error && error.name === "FileTooLargeError";
/** The disk, or what the account may use of it. */
export const isStorageFull = (error: unknown): boolean => ["ENOSPC", "EDQUOT"].includes(systemCodeOf(error));
export const isFileMissing = (error: unknown): boolean => error instanceof Error && error.name === "FileMissingError";

/** What the operating system calls an error; empty when it is none of its. */
export const systemCodeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";
