import "server-only";
import { streamBus } from "@/lib/providers/stream-bus";

/** Asks whichever process runs this turn to stop. What was written stays. */
export const stopTurn = (turnId: string): Promise<void> => streamBus().tell(turnId, "stop");

/** Calls `stop` when someone asks for it; the function returned forgets it. */
export const onStopAsked = (turnId: string, stop: () => void): (() => void) => streamBus().onTold(turnId, stop);
