import "server-only";
import { type ErrorCode, MODEL_ERROR_CODES, toErrorCode } from "@/lib/errors/app-error";
import { extractionCodeOf } from "@/lib/extraction/extraction";

const OUR_FAULTS: readonly ErrorCode[] = ["unexpected", "document_storage_full", "export_failed"];
const isOurFault = (code: ErrorCode) => OUR_FAULTS.includes(code);
/** Of the servers that the product depends on. */
const OTHERS_FAULTS: readonly ErrorCode[] = [
  ...MODEL_ERROR_CODES,
  "antivirus_unavailable",
  "file_storage_unavailable",
  "recognition_unavailable",
  "web_search_failed",
];
const isOthersFault = (code: ErrorCode) => OTHERS_FAULTS.includes(code);

/** The SQLSTATE of `DatabaseError`, that only the data layer imports. */
const databaseCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && error.name === "DatabaseError" && "code" in error ? String(error.code) : undefined;

/**
 * Logs a failure once, at the edge: operation, code, class and frames, and which fault of a known list. Never its message: vendors and drivers put
 * prompts, file names and parameters in there. Refusals (`invalid_input`, `not_signed_in`…) are not failures.
 */
export function reportFailure(error: unknown, at: { operation: string; fault?: string }): void {
  const code = toErrorCode(error);
  if (!isOurFault(code) && !isOthersFault(code)) return;

  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { name = typeof cause, stack = "", message = "" } = cause instanceof Error ? cause : {};
  // The stack begins with the message, whose lines may look like frames.
  const [, ...called] = message === "" ? ["", stack] : stack.split(message);
  const frames = called
    .join("\n")
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 5)
    .map((line) => line.trim());
  const fault = at.fault ?? extractionCodeOf(cause) ?? databaseCodeOf(cause);
  const line = JSON.stringify({ level: isOurFault(code) ? "error" : "warn", ...at, fault, code, name, frames });
  if (isOurFault(code)) console.error(line);
  else console.warn(line);
}
