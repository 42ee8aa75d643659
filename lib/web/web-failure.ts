import type { WebFailureCode } from "./schema";

const NAME = "WebFailure";

/** An address was not read; the code says why. */
export class WebFailure extends Error {
  override readonly name = NAME;
  readonly code: WebFailureCode;

  constructor(code: WebFailureCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

// By name: each bundle of the application has a class of its own.
export const isWebFailure = (error: unknown): error is WebFailure => error instanceof Error && error.name === NAME;
