export const ERROR_CODES = [
  "not_signed_in",
  "forbidden",
  "invalid_input",
  "body_too_large",
  "cross_site_request",
  "conversation_not_found",
  "message_not_found",
  "turn_already_running",
  "question_too_long_for_model",
  "restarting",
  "model_unreachable",
  "model_refused_key",
  "model_not_found",
  "model_refused_request",
  "model_busy",
  "model_failed",
  "model_too_slow",
  "model_cut",
  "model_empty_answer",
  "model_malformed_answer",
  "unexpected",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What the model's server can do wrong: such an error ends a turn as failed, and offers « Réessayer ». */
export const MODEL_ERROR_CODES = ERROR_CODES.filter((code) => code.startsWith("model_"));

/** What the sentence of a code is completed with; see `messages/fr.json`. Never anything that people wrote. */
export type ErrorDetails = Readonly<Record<string, number>>;

/** The one error of the product. Its message is for logs; people read the sentence of its code in `messages/fr.json`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, options?: ErrorOptions & { details?: ErrorDetails }) {
    super(code, options);
    this.code = code;
    this.details = options?.details;
  }
}

export function toErrorCode(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : "unexpected";
}

export function toErrorDetails(error: unknown): ErrorDetails | undefined {
  return error instanceof AppError ? error.details : undefined;
}
