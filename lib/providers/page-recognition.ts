import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { extractionCodeOf } from "@/lib/extraction/extraction";
import type { Recognition } from "@/lib/extraction/reading-messages";
import { reportFailure } from "@/lib/telemetry/report";
import { askOcr, OcrError, ocrOptionsOf } from "./page-recognition.ocr";
import { readingPool } from "./reading";

/** A picture, or a page of a PDF, from 1. */
export type PageImage = { path: string; page: number | undefined };

/** `places`: where the pieces of the text are, in shares of the page; none when a server read it, which does not tell. */
export type Recognised = Pick<Recognition, "text" | "places">;

const PAGE_MS = 30_000;
const AWAY_MS = 60_000;

// Next evaluates a module once for each of its bundles: only globalThis is shared.
const shared = globalThis as typeof globalThis & { assistantOcrAwayUntil?: number | undefined };

/**
 * The text of an image: as the server of `OCR_BASE_URL` reads it, when there is one and it does; otherwise as this machine
 * does. Null for an image that cannot be drawn, or takes too long. Throws when the work is to be tried again, or the reason of
 * the signal.
 */
export async function recognisePage(image: PageImage, signal: AbortSignal): Promise<Recognised | null> {
  try {
    return (await byServer(image, signal)) ?? (await onThisMachine(image, signal));
  } catch (error) {
    signal.throwIfAborted();
    if (extractionCodeOf(error) || isTimeout(error)) return null;
    throw error;
  }
}

/** Whoever receives the images of pages, as the agents read it; null when they stay on this machine. */
export function recognitionHosting(): string | null {
  const { OCR_HOSTING, OCR_BASE_URL } = env();
  return OCR_BASE_URL ? (OCR_HOSTING ?? new URL(OCR_BASE_URL).hostname) : null;
}

const withinAPage = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(PAGE_MS)]);

const onThisMachine = (image: PageImage, signal: AbortSignal): Promise<Recognised> =>
  readingPool().recognise(image, { signal: withinAPage(signal) });

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === "TimeoutError";

/** Null when the server did not recognise it, whatever went wrong there. */
async function byServer(image: PageImage, signal: AbortSignal): Promise<Recognised | null> {
  const options = ocrOptionsOf(env());
  if (!options || Date.now() < (shared.assistantOcrAwayUntil ?? 0)) return null;
  const jpeg = await readingPool().draw(image, { signal: withinAPage(signal) });
  try {
    return { text: await askOcr(options, jpeg, signal), places: [] };
  } catch (error) {
    signal.throwIfAborted();
    reportFailure(new AppError("recognition_unavailable", { cause: error }), { operation: "recognition.ocr" });
    // Not asked for each of the hundred pages of a file.
    if (error instanceof OcrError && error.isAway) shared.assistantOcrAwayUntil = Date.now() + AWAY_MS;
    return null;
  }
}
