import "server-only";
import type { TurnStatus } from "@/lib/conversations/schema";
import { toErrorCode } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { isStopping } from "@/lib/process/stopping";
import { reportFailure } from "@/lib/telemetry/report";
import { type OpenTurn, startTurn } from "./start-turn";

/**
 * Opens the turn of the first question that waits in the conversation, or gives null. After a failure the queue waits for the
 * agent: the next question would most likely fail too.
 */
export async function startNextTurn(ended: OpenTurn, status: TurnStatus): Promise<OpenTurn | null> {
  if ((status !== "completed" && status !== "stopped") || isStopping()) return null;
  try {
    const { actor, conversationId } = ended;
    const started = await startTurn(actor, { kind: "next", conversationId, answerId: newId() });
    return started.kind === "opened" ? started.turn : null;
  } catch (error) {
    // Nothing waits, or the agent was quicker, or the conversation is deleted; otherwise the question still waits, and is shown.
    const isExpected = ["queued_question_sent", "turn_already_running", "conversation_not_found"];
    if (!isExpected.includes(toErrorCode(error))) reportFailure(error, { operation: "turn.next" });
    return null;
  }
}
