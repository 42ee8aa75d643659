import "server-only";
import { sweepDeadTurns, sweepTurnsAtStart } from "@/lib/assistant/sweep-turns";
import { purgeEndedSessions } from "@/lib/auth/maintenance";
import { purgeDeletedConversations } from "@/lib/conversations/maintenance";
import { sendForgottenFiles } from "@/lib/documents/read-files";
import { reportFailure } from "@/lib/telemetry/report";

const EVERY_MS = 10_000;

const sweeps = {
  "sweep.dead-turns": sweepDeadTurns,
  "sweep.deleted-conversations": purgeDeletedConversations,
  "sweep.ended-sessions": purgeEndedSessions,
  "sweep.forgotten-files": sendForgottenFiles,
};

/**
 * Cleans up every 10 s: each sweep is one guarded statement, so that several processes may run them. To be awaited before
 * anyone is served: no turn of this process runs yet.
 */
export async function startSweeps(): Promise<() => void> {
  const sweepAll = async () => {
    for (const [operation, sweep] of Object.entries(sweeps)) {
      await sweep().catch((error: unknown) => reportFailure(error, { operation }));
    }
  };
  await sweepTurnsAtStart().catch((error: unknown) => reportFailure(error, { operation: "sweep.turns-at-start" }));
  void sweepAll();
  const timer = setInterval(() => void sweepAll(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
