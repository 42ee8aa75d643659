import "server-only";
import type { Readable } from "node:stream";
import { env } from "@/lib/env";
import { scanWithClamd } from "./antivirus.clamd";

/** `unavailable`: no verdict could be had, so that nothing may be let through. */
export type Verdict = "clean" | "infected" | "unavailable";

/**
 * Looks for viruses in what someone sent, which is opened only to be looked at. Without an antivirus in the configuration
 * everything is clean, as the start table says.
 */
export async function scan(open: () => Promise<Readable>): Promise<Verdict> {
  const { CLAMD_URL } = env();
  return CLAMD_URL ? scanWithClamd(new URL(CLAMD_URL), await open()) : "clean";
}
