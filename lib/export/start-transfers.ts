import "server-only";
import { workOn } from "@/lib/jobs/mutations";
import { importArchive } from "./import-archive";
import { makeExport } from "./make-export";

/** Begins to make exports and to read archives in this process, one of each at a time: nobody waits in front of them. */
export async function startTransfers(): Promise<void> {
  await workOn("make-export", 1, makeExport);
  await workOn("import-archive", 1, importArchive);
}
