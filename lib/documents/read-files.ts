import "server-only";
import { availableParallelism } from "node:os";
import { sendJob, stopJobs, workOn } from "@/lib/jobs/mutations";
import { embeddingModelId } from "@/lib/providers/embedding";
import { closeReadingPool } from "@/lib/providers/reading";
import { embedFile } from "./embed-file";
import { listForgottenFiles } from "./maintenance";
import { readFile } from "./read-file";
import { recogniseFile } from "./recognise-file";
import { removeUnused } from "./remove-bytes";
import { purgeRemoved } from "./remove-document";

/** Begins to read the files that wait and to remove for good what was deleted, in this process; the function returned stops, and leaves what runs to others. */
export async function startReadingFiles(): Promise<() => Promise<void>> {
  await workOn("read-file", Math.max(1, availableParallelism() - 1), readFile);
  // One at a time: its pages go through the same processes as the files that are waited for.
  await workOn("recognise-file", 1, recogniseFile);
  if (embeddingModelId()) await workOn("embed-file", 1, embedFile);
  await workOn("remove-document", 1, purgeRemoved);
  await workOn("remove-file", 1, removeUnused);
  return async () => {
    closeReadingPool();
    await stopJobs();
  };
}

/** A process may die between receiving a file and having it read: its job is then sent again. */
export async function sendForgottenFiles(): Promise<void> {
  for (const { state, ...file } of await listForgottenFiles())
    await sendJob(state === "read" ? "recognise-file" : "read-file", file, file.fileId);
}
