import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { saveTransferProgress } from "./mutations";

/** It was deleted while it was being made. */
export class GivenUpError extends Error {
  override readonly name = "GivenUpError";
}

export type Progress = (done: number, total: number) => Promise<void>;
const PROGRESS_EVERY_MS = 500;

/** Written by the clock, never for each thing; what is no longer wanted, or lasts too long, stops there. */
export function tellProgress(ownerId: string, transferId: string, signal: AbortSignal): Progress {
  let toldAt = 0;
  return async (done, total) => {
    if (signal.aborted) throw new AppError("export_failed");
    if (Date.now() - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = Date.now();
    if (!(await saveTransferProgress(ownerId, transferId, done, total))) throw new GivenUpError();
  };
}
