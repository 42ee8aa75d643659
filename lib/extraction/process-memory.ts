import { readFileSync } from "node:fs";

/**
 * The resident memory of a process in bytes; null where the system does not say, or when it has ended. From `status`: the pages
 * that `statm` counts are not of 4 kB on every machine.
 */
export function memoryOf(pid: number): number | null {
  if (process.platform !== "linux") return null;
  try {
    const kilobytes = readFileSync(`/proc/${pid}/status`, "latin1").match(/^VmRSS:\s+(\d+) kB/m)?.[1];
    return kilobytes ? Number(kilobytes) * 1_024 : null;
  } catch {
    return null;
  }
}
