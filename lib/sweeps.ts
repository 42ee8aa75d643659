import "server-only";
import { purgeReceipts } from "@/lib/account/maintenance";
import { resumeErasures } from "@/lib/account/mutations";
import { sweepDeadTurns, sweepTurnsAtStart } from "@/lib/assistant/sweep-turns";
import { purgeEndedSessions } from "@/lib/auth/maintenance";
import { sendForgottenFiles } from "@/lib/documents/read-files";
import { purgeExpiredTransfers } from "@/lib/export/maintenance";
import { sendForgottenTransfers } from "@/lib/export/start-transfer";
import { indexForgottenTurns } from "@/lib/history-index/maintenance";
import { purgeExpiredShares } from "@/lib/sharing/maintenance";
import { reportFailure } from "@/lib/telemetry/report";
import { purgeTemporary } from "@/lib/temporary/mutations";
import { announceUnused, purgeDocumentNames, purgeTrash, trashUnused } from "@/lib/trash/maintenance";

const EVERY_MS = 10_000;

const sweeps = {
  "sweep.dead-turns": sweepDeadTurns,
  // After the one above, whose turns it indexes.
  "sweep.history-index": indexForgottenTurns,
  "sweep.unused-announced": announceUnused,
  "sweep.unused-trashed": trashUnused,
  "sweep.trash": purgeTrash,
  "sweep.temporary": purgeTemporary,
  "sweep.document-names": purgeDocumentNames,
  "sweep.erased-accounts": resumeErasures,
  "sweep.receipts": purgeReceipts,
  "sweep.ended-sessions": purgeEndedSessions,
  "sweep.forgotten-files": sendForgottenFiles,
  "sweep.expired-shares": purgeExpiredShares,
  "sweep.forgotten-transfers": sendForgottenTransfers,
  "sweep.expired-transfers": purgeExpiredTransfers,
};

/**
 * Cleans up every 10 s. Several processes may run the same sweep: each looks again, under a guard, at what it removes or sends,
 * and what it finds done is as well done. To be awaited before anyone is served: no turn of this process runs yet. What it gives
 * ends it, after the sweep under way.
 */
export async function startSweeps(): Promise<() => void> {
  let isSweeping = false;
  let isOver = false;
  const sweepAll = async () => {
    if (isSweeping) return;
    isSweeping = true;
    for (const [operation, sweep] of Object.entries(sweeps)) {
      if (isOver) break;
      // The database closes without waiting for a sweep that is under way.
      await sweep().catch((error: unknown) => isOver || reportFailure(error, { operation }));
    }
    isSweeping = false;
  };
  await sweepTurnsAtStart().catch((error: unknown) => reportFailure(error, { operation: "sweep.turns-at-start" }));
  void sweepAll();
  const timer = setInterval(() => void sweepAll(), EVERY_MS);
  timer.unref();
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
