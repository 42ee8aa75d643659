/** More bytes than allowed came. */
export class FileTooLargeError extends Error {
  override readonly name = "FileTooLargeError";
}

/** No bytes are kept under this key. */
export class FileMissingError extends Error {
  override readonly name = "FileMissingError";
}
