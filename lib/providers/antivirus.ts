import "server-only";
import type { Readable } from "node:stream";
import { env } from "@/lib/env";
import { scanWithClamd } from "./antivirus.clamd";

/** `unavailable`: no verdict could be had, so that nothing may be let through. */
export type Verdict = "clean" | "infected" | "unavailable";

/** Looks for viruses in what someone sent. Without an antivirus in the configuration everything is clean, as the start table says. */
export async function scan(bytes: Readable): Promise<Verdict> {
  const { CLAMD_URL } = env();
  if (CLAMD_URL) return scanWithClamd(new URL(CLAMD_URL), bytes);
  bytes.destroy();
  return "clean";
}
