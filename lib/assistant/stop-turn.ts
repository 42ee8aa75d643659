import "server-only";
import { streamBus } from "@/lib/providers/stream-bus";

/** Asks whichever process runs this turn to stop. What was written stays. */
export const stopTurn = (turnId: string): Promise<void> => streamBus().requestStop(turnId);
