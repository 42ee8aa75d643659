import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createWorker, OEM, type Worker } from "tesseract.js";
import { ExtractionError } from "./extraction.ts";
import { decoded, openImage } from "./image-decoding.ts";
import type { Recognition } from "./reading-messages.ts";
import { toParagraphs } from "./recognised-lines.ts";
import { toPlaces } from "./recognised-places.ts";

const LANGUAGES = ["fra", "eng"];
/** An A4 page at 300 dots per inch: recognition gains nothing beyond, and takes more memory. */
const SIDE_PIXELS_MAX = 3_600;

let starting: Promise<Worker> | null = null;

export type RecognitionWishes = { signal?: AbortSignal | undefined; timeoutMs?: number | undefined };

/**
 * The text of a picture, in French and in English, with what is on this machine only. Throws an ExtractionError `damaged`
 * or `too_long`, or the reason of the signal; the one worker is then given up, since it cannot be interrupted.
 */
export async function recognise(bytes: Uint8Array, wishes: RecognitionWishes = {}): Promise<Recognition> {
  wishes.signal?.throwIfAborted();
  const interruption = interruptionOf(wishes);
  const work = read(bytes);
  work.catch(() => {});
  try {
    return await Promise.race([work, interruption.promise]);
  } catch (error) {
    if (!(error instanceof Interrupted))
      throw error instanceof ExtractionError ? error : new ExtractionError("damaged");
    // Not awaited: it may still be starting.
    close().catch(() => {});
    throw error.reason;
  } finally {
    interruption.stop();
  }
}

async function read(bytes: Uint8Array): Promise<Recognition> {
  const image = await upright(bytes);
  starting ??= start();
  const worker = await starting;
  const { data } = await worker.recognize(image, {}, { text: true, tsv: true });
  const text = toParagraphs(data.text);
  return { text, places: toPlaces(text, data.tsv ?? ""), confidence: data.confidence };
}

/** As recognition reads best, in a form whose decoding was bounded: upright, in greys, on white. */
const upright = (bytes: Uint8Array): Promise<Buffer> =>
  decoded(
    openImage(bytes)
      .autoOrient()
      .flatten({ background: "white" })
      .resize(SIDE_PIXELS_MAX, SIDE_PIXELS_MAX, { fit: "inside", withoutEnlargement: true })
      .greyscale()
      .png({ compressionLevel: 1 }),
  );

/** Ends the worker; the next call starts another. */
export async function close(): Promise<void> {
  const ending = starting;
  starting = null;
  const worker = await ending?.catch(() => null);
  await worker?.terminate();
}

class Interrupted extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super("interrupted");
    this.reason = reason;
  }
}

function interruptionOf({ signal, timeoutMs }: RecognitionWishes) {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new Interrupted(signal?.reason));
    const timer = timeoutMs && setTimeout(() => reject(new Interrupted(new ExtractionError("too_long"))), timeoutMs);
    signal?.addEventListener("abort", giveUp);
    stop = () => {
      if (timer) clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
    };
  });
  promise.catch(() => {});
  return { promise, stop };
}

/** The worker looks for all its languages in one folder, and each has its package. */
async function start(): Promise<Worker> {
  const folder = await mkdtemp(join(tmpdir(), "recognition-"));
  try {
    const { resolve } = createRequire(join(process.cwd(), "package.json"));
    for (const language of LANGUAGES) {
      const file = `${language}.traineddata.gz`;
      const data = dirname(resolve(`@tesseract.js-data/${language}/package.json`));
      await copyFile(join(data, "4.0.0_best_int", file), join(folder, file));
    }
    return await createWorker(LANGUAGES, OEM.LSTM_ONLY, {
      langPath: folder,
      gzip: true,
      cacheMethod: "none",
      errorHandler: () => {},
    });
  } catch (error) {
    starting = null;
    throw new ExtractionError("unexpected", { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
