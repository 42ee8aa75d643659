import "server-only";
import { recordTokens } from "@/lib/limits/mutations";
import { estimateTokens } from "@/lib/limits/rules";
import { streamBus } from "@/lib/providers/stream-bus";
import { reportFailure } from "@/lib/telemetry/report";
import { type AnswerContent, endTurn, type TurnEnd } from "./mutations";
import type { OpenTurn } from "./start-turn";
import type { AssistantChunk, StreamParts } from "./stream-parts";

/** Saves the answer and claims the end of the turn. Gives the end that is to be told. */
export async function finishTurn(turn: OpenTurn, end: TurnEnd, content: AnswerContent): Promise<StreamParts["end"]> {
  await countTokens(turn, end, content);
  try {
    // Someone else claimed it (the sweep of another process): what is stored says how it ended.
    const isOurs = await endTurn(turn.actor.agentId, turn, end, content);
    return isOurs ? toEnd(end) : { status: "interrupted" };
  } catch (error) {
    // The sweep will end the turn; the followers keep what they received, and are not told that all went well.
    reportFailure(error, { operation: "turn.finish" });
    return { status: "failed", code: "unexpected" };
  }
}

async function countTokens(turn: OpenTurn, end: TurnEnd, content: AnswerContent): Promise<void> {
  const asked = end.inputTokens ?? estimateTokens(turn.instructions, ...turn.history.map(({ content }) => content));
  const answered = end.outputTokens ?? estimateTokens(...content.parts.map(({ text }) => text));
  await recordTokens(turn.actor, asked + answered).catch((error: unknown) =>
    reportFailure(error, { operation: "turn.count" }),
  );
}

const toEnd = ({ status, failureCode }: TurnEnd): StreamParts["end"] => ({
  status,
  ...(failureCode && { code: failureCode }),
});

/** Tells those who follow that the turn has ended. Whoever hears it finds the answer in the database. */
export async function announceEnd(turnId: string, end: StreamParts["end"]): Promise<void> {
  const bus = streamBus();
  const chunks: AssistantChunk[] = [{ type: "data-end", data: end }, { type: "finish" }];
  for (const chunk of chunks) await bus.publish(turnId, JSON.stringify(chunk));
  await bus.end(turnId);
}
