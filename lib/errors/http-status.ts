import type { ErrorCode } from "./app-error";

export const httpStatus: Record<ErrorCode, number> = {
  not_signed_in: 401,
  forbidden: 403,
  invalid_input: 400,
  body_too_large: 413,
  cross_site_request: 403,
  conversation_not_found: 404,
  message_not_found: 404,
  turn_already_running: 409,
  restarting: 503,
  model_unreachable: 503,
  model_refused_key: 503,
  model_not_found: 503,
  model_refused_request: 502,
  model_busy: 503,
  model_failed: 502,
  model_too_slow: 504,
  model_cut: 502,
  model_empty_answer: 502,
  model_malformed_answer: 502,
  unexpected: 500,
};
