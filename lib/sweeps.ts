import "server-only";
import { interruptDeadTurns } from "@/lib/assistant/maintenance";
import { purgeEndedSessions } from "@/lib/auth/maintenance";
import { purgeDeletedConversations } from "@/lib/conversations/maintenance";
import { reportFailure } from "@/lib/telemetry/report";

const EVERY_MS = 15_000;

const sweeps = {
  "sweep.dead-turns": interruptDeadTurns,
  "sweep.deleted-conversations": purgeDeletedConversations,
  "sweep.ended-sessions": purgeEndedSessions,
};

/** Cleans up now and then every 15 s: each sweep is one guarded statement, so that several processes may run them. */
export function startSweeps(): () => void {
  const sweepAll = async () => {
    for (const [operation, sweep] of Object.entries(sweeps)) {
      await sweep().catch((error: unknown) => reportFailure(error, { operation }));
    }
  };
  void sweepAll();
  const timer = setInterval(() => void sweepAll(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
