import "server-only";
import { streamBus } from "@/lib/providers/stream-bus";
import { reportFailure } from "@/lib/telemetry/report";
import { type AnswerContent, endTurn, type TurnEnd } from "./mutations";
import type { AssistantChunk, TurnMetadata } from "./stream-parts";

/**
 * Saves the answer and claims the end of the turn, then tells those who follow. In this order: whoever hears the end
 * finds the answer in the database.
 */
export async function finishTurn(
  ownerId: string,
  turn: TurnMetadata,
  end: TurnEnd,
  content: AnswerContent,
): Promise<void> {
  const bus = streamBus();
  let said = end;
  try {
    await endTurn(ownerId, turn, end, content);
  } catch (error) {
    // The sweep will end the turn; the followers keep what they received, and are not told that all went well.
    reportFailure(error, { operation: "turn.finish" });
    said = { status: "failed", failureCode: "unexpected" };
  }
  const chunks: AssistantChunk[] = [
    { type: "data-end", data: { status: said.status, ...(said.failureCode && { code: said.failureCode }) } },
    { type: "finish" },
  ];
  for (const chunk of chunks) await bus.publish(turn.turnId, JSON.stringify(chunk));
  await bus.end(turn.turnId);
}
