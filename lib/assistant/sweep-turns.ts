import "server-only";
import { announceEnd } from "./finish-turn";
import { interruptAllTurns, interruptDeadTurns, isHeartbeatTrusted } from "./maintenance";

/** Ends the turns whose process died, and tells those who still follow them. */
export async function sweepDeadTurns(): Promise<void> {
  if (await isHeartbeatTrusted()) await announce(await interruptDeadTurns());
}

/** At the start of a process that is alone on its database, before it serves anyone. */
export const sweepTurnsAtStart = async (): Promise<void> => announce(await interruptAllTurns());

async function announce(turnIds: string[]): Promise<void> {
  for (const turnId of turnIds) await announceEnd(turnId, { status: "interrupted" });
}
