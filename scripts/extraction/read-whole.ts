import { basename } from "node:path";
import { type Extraction, ExtractionError, type ExtractionFailure } from "../../lib/extraction/extraction.ts";
import type { ReadingUsage } from "../../lib/extraction/reading-child.ts";
import type { ReadingPool } from "../../lib/extraction/reading-pool.ts";

export type WholeReading = ReadingUsage & ({ extraction: Extraction } | { code: ExtractionFailure });

/** Reads a file as the application does; the text of a picture is recognised. Never rejects for what a file holds. */
export async function readWhole(pool: ReadingPool, path: string): Promise<WholeReading> {
  const usage: ReadingUsage = { milliseconds: 0, peakMemoryBytes: 0 };
  const report = ({ milliseconds, peakMemoryBytes }: ReadingUsage) => {
    usage.milliseconds += Math.round(milliseconds);
    usage.peakMemoryBytes = Math.max(usage.peakMemoryBytes, peakMemoryBytes);
  };
  try {
    const extraction = await pool.read({ path, fileName: basename(path) }, { report });
    for (const page of extraction.pages) {
      if (page.kind === "image") page.text = (await pool.recognise({ path }, { report })).text;
    }
    return { ...usage, extraction };
  } catch (error) {
    if (!(error instanceof ExtractionError)) throw error;
    return { ...usage, code: error.code };
  }
}

/** Pages separated by a form feed. */
export const textOf = ({ pages }: Extraction): string => pages.map(({ text }) => text).join("\n\f\n");
