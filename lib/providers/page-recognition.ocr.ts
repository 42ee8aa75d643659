import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Settings } from "@/lib/env";
import { toNormalText } from "@/lib/extraction/normal-text";
import { backOffMs, retryAfterMs } from "./llm.persistence";

export type OcrOptions = {
  /** « /v1 » included. */
  baseUrl: string;
  apiKey: string | undefined;
  model: string;
  /** For one page, new attempts included. */
  timeoutMs: number;
};

/** The server did not recognise a page. */
export class OcrError extends Error {
  override readonly name = "OcrError";
  /** It would not recognise the next one either. */
  readonly isAway: boolean;

  constructor(message: string, { isAway, ...options }: ErrorOptions & { isAway: boolean }) {
    super(message, options);
    this.isAway = isAway;
  }
}

const ATTEMPTS = 3;
const BUSY = [429, 502, 503, 504];
/** Of the page, or of what is said about it. */
const OF_THE_PAGE = [400, 413, 415, 422];
const ANSWER_BYTES_MAX = 2_000_000;

const answer = z.object({ pages: z.array(z.object({ markdown: z.string() })) });
/** Where the server saw a picture on the page: it gives its place, and not what it shows. */
const PICTURE = /!\[[^\]]*\]\([^)]*\)/g;

/** Undefined when text is recognised on this machine only. */
export function ocrOptionsOf(settings: Settings): OcrOptions | undefined {
  const { OCR_BASE_URL, OCR_API_KEY, OCR_MODEL, OCR_TIMEOUT_SECONDS } = settings;
  if (!OCR_BASE_URL || !OCR_MODEL) return undefined;
  return { baseUrl: OCR_BASE_URL, apiKey: OCR_API_KEY, model: OCR_MODEL, timeoutMs: OCR_TIMEOUT_SECONDS * 1_000 };
}

/**
 * The text of a picture, in Markdown, by a server that speaks as Mistral's and Albert's `/v1/ocr` do. A busy one is asked again
 * when it says. Throws an `OcrError`, or the reason of the signal.
 */
export async function askOcr(options: OcrOptions, jpeg: Uint8Array, signal: AbortSignal): Promise<string> {
  const late = AbortSignal.timeout(options.timeoutMs);
  const deadlineAt = Date.now() + options.timeoutMs;
  const either = AbortSignal.any([signal, late]);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const response = await post(options, jpeg, either);
      if (response.ok) return toText(await readBody(response));
      await response.body?.cancel();
      const waitMs = retryAfterMs(response.headers.get("retry-after"), Date.now()) ?? backOffMs(attempt, Math.random());
      if (!BUSY.includes(response.status) || attempt >= ATTEMPTS || Date.now() + waitMs >= deadlineAt)
        throw new OcrError(`status ${response.status}`, { isAway: !OF_THE_PAGE.includes(response.status) });
      await wait(waitMs, undefined, { signal: either });
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw cause instanceof OcrError ? cause : new OcrError("no answer", { isAway: true, cause });
  }
}

const post = ({ baseUrl, apiKey, model }: OcrOptions, jpeg: Uint8Array, signal: AbortSignal): Promise<Response> =>
  fetch(`${baseUrl.replace(/\/+$/, "")}/ocr`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
    body: JSON.stringify({
      model,
      document: { type: "image_url", image_url: `data:image/jpeg;base64,${Buffer.from(jpeg).toString("base64")}` },
    }),
    signal,
    // Neither the picture nor the key go where the configuration does not say.
    redirect: "manual",
    cache: "no-store",
  });

async function readBody({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.byteLength;
    if (length > ANSWER_BYTES_MAX) throw new OcrError("an answer too long for a page", { isAway: false });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function toText(body: string): string {
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch (cause) {
    throw new OcrError("not JSON", { isAway: false, cause });
  }
  const read = answer.safeParse(said);
  if (!read.success) throw new OcrError("not the expected shape", { isAway: false });
  const markdown = read.data.pages.map((page) => page.markdown).join("\n\n");
  return toNormalText(markdown.replace(PICTURE, "").replace(/\n\s*\n/g, "\n\n")).trim();
}
