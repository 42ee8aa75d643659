import "server-only";
import { z } from "zod";
import { AppError, type ErrorCode } from "@/lib/errors/app-error";

/** What a server says of an error. Never shown nor logged: it may quote the question. */
export type Complaint = { message: string; code: string };

const word = z.union([z.string(), z.number().transform(String)]).nullish();
const details = z.looseObject({
  message: word,
  msg: word,
  code: word,
  type: word,
  param: word,
  loc: z.unknown().optional(),
});

/** Finds the error in the shapes servers give it; null when there is none. */
export function findComplaint(value: Record<string, unknown>): Complaint | null {
  const { error, detail, message, choices, usage } = value;
  if (error) return toComplaint(error);
  if (detail) return toComplaint(detail);
  if (message && !choices && !usage) return toComplaint(value);
  return null;
}

function toComplaint(value: unknown): Complaint {
  if (typeof value === "string") return { message: value, code: "" };
  const all = (Array.isArray(value) ? value : [value]).map((one) => details.safeParse(one).data);
  const said = all.flatMap((one) => [one?.message, one?.msg, one?.param, wordsOf(one?.loc)]);
  return {
    message: said.filter(Boolean).join(" "),
    code: all.map((one) => one?.code ?? one?.type).find(Boolean) ?? "",
  };
}

/** Where the error is in the request, such as `["body", "stream_options"]`. */
const wordsOf = (path: unknown): string =>
  Array.isArray(path) ? path.filter((step) => typeof step === "string").join(" ") : "";

const PROMPT_TOO_LONG =
  /context[ _-]?(length|window|size)|max(imum)?[ _-](model[ _-]len|input|sequence)|(prompt|input) is too long|too many (input )?tokens/i;
const BUSY = /rate.?limit|too many requests|overloaded|too busy|at capacity/i;

/** `status` is 200 when the error came inside the answer. */
export function failureOf(status: number, complaint: Complaint): AppError {
  return new AppError(codeOf(status, complaint), { cause: new ServerRefusal(status) });
}

function codeOf(status: number, { message, code }: Complaint): ErrorCode {
  const said = `${code} ${message}`;
  const told = status === 200 && /^[45]\d\d$/.test(code) ? Number(code) : status;
  if (code === "content_filter") return "model_filtered";
  if (([200, 400, 422].includes(told) && PROMPT_TOO_LONG.test(said)) || told === 413) return "model_prompt_too_long";
  if (told === 200) return BUSY.test(said) ? "model_busy" : "model_failed";
  return codeOfStatus(told);
}

function codeOfStatus(status: number): ErrorCode {
  switch (status) {
    case 401:
    case 403:
      return "model_refused_key";
    case 404:
      return "model_not_found";
    case 400:
    case 422:
      return "model_refused_request";
    case 408:
    case 504:
      return "model_too_slow";
    case 424:
      return "model_unreachable";
    case 429:
    case 503:
      return "model_busy";
    default:
      return "model_failed";
  }
}

/** What the log keeps of a refusal: its status, and nothing the server wrote. */
class ServerRefusal extends Error {
  override readonly name: string;

  constructor(status: number) {
    super();
    this.name = `HTTP ${status}`;
  }
}

/** A page instead of an answer: something stands between us and the model's server. */
export const isPage = (contentType: string | null, text: string): boolean =>
  /text\/html/i.test(contentType ?? "") || /^\s*<(!doctype|html)/i.test(text);
