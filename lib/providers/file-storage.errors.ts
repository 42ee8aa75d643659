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
export const isFileMissing = (error: unknown): boolean => error instanceof Error && error.name === "FileMissingError";
