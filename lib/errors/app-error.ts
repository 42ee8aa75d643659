export const ERROR_CODES = [
  "not_signed_in",
  "forbidden",
  "forbidden_model",
  "invalid_input",
  "body_too_large",
  "cross_site_request",
  "conversation_not_found",
  "conversation_temporary",
  "temporary_gone",
  "message_not_found",
  "pins_too_many",
  "confirmation_wrong",
  "turn_already_running",
  "queue_full",
  "queued_question_sent",
  "question_too_long_for_model",
  "share_not_found",
  "too_many_shares",
  "prompt_not_found",
  "too_many_prompts",
  "project_not_found",
  "too_many_projects",
  "project_documents_too_many",
  "document_not_found",
  "document_too_large",
  "document_interrupted",
  "document_storage_full",
  "documents_too_many",
  "uploads_too_many",
  "documents_too_many_bytes",
  "documents_too_many_for_message",
  "export_not_found",
  "exports_too_many",
  "export_failed",
  "archive_damaged",
  "archive_unsafe",
  "archive_unknown",
  "archive_too_large",
  "antivirus_unavailable",
  "file_storage_unavailable",
  "recognition_unavailable",
  "web_search_failed",
  "web_search_limit",
  "restarting",
  "limit_messages",
  "limit_tokens",
  "model_unreachable",
  "model_refused_key",
  "model_not_found",
  "model_refused_request",
  "model_prompt_too_long",
  "model_filtered",
  "model_busy",
  "model_failed",
  "model_too_slow",
  "model_cut",
  "model_empty_answer",
  "model_malformed_answer",
  "request_failed",
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
  /** When what is refused will be accepted. */
  readonly reopensAt: Date | undefined;

  constructor(
    code: ErrorCode,
    { reopensAt, details, ...options }: ErrorOptions & { reopensAt?: Date; details?: ErrorDetails } = {},
  ) {
    super(code, options);
    this.code = code;
    this.reopensAt = reopensAt;
    this.details = details;
  }
}

/** A refusal as the browser receives it. */
export type Refusal = { code: ErrorCode; reopensAt?: string; details?: ErrorDetails };

export function toRefusal(error: unknown): Refusal {
  if (!(error instanceof AppError)) return { code: "unexpected" };
  const { code, reopensAt, details } = error;
  return { code, ...(reopensAt && { reopensAt: reopensAt.toISOString() }), ...(details && { details }) };
}

export function toErrorCode(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : "unexpected";
}
