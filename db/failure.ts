import { DrizzleQueryError } from "drizzle-orm/errors";
import { isNextDevelopment } from "../lib/env.ts";

/**
 * A statement that failed, and how: `code` is its SQLSTATE, or the code of a connection that was cut. What the library and the
 * driver say of it quotes what people wrote, and frameworks log errors whole: only development keeps it, as the cause.
 */
class DatabaseError extends Error {
  override name = "DatabaseError";
  readonly code: string;

  constructor(code: string, cause: unknown) {
    super(`The database failed: ${code}`, isNextDevelopment ? { cause } : {});
    this.code = code;
  }
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** The same failure without its words, when it is of the database; any other as it is. */
export function withoutWords(error: unknown): unknown {
  const isWrapped = error instanceof DrizzleQueryError;
  const failure = isWrapped ? error.cause : error;
  const code = failure instanceof Error && "code" in failure ? String(failure.code) : "";
  if (isWrapped) return new DatabaseError(code || "unknown", error);
  return SQLSTATE.test(code) ? new DatabaseError(code, error) : error;
}
