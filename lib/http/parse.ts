import type { ZodType } from "zod";
import { AppError, type ErrorCode } from "@/lib/errors/app-error";

/** Larger JSON bodies are refused with 413 before they are read whole. */
export const BODY_BYTES_MAX = 1024 * 1024;

/** Throws `refusal` when the value is not of the schema: an identifier that cannot exist is simply not found. */
export function parseInput<T>(schema: ZodType<T>, value: unknown, refusal: ErrorCode = "invalid_input"): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AppError(refusal, { cause: parsed.error });
  return parsed.data;
}

/** Reads a JSON body of at most 1 MB, whatever its declared length says. */
export async function parseBody<T>(schema: ZodType<T>, request: Request): Promise<T> {
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_input", { cause });
  }
  return parseInput(schema, value);
}

/** The body, refused with 413 beyond 1 MB, whatever its declared length says. */
export async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > BODY_BYTES_MAX) throw new AppError("body_too_large");
  if (!request.body) return "";
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) throw new AppError("body_too_large");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
