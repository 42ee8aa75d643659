import "server-only";
import { recordTokens } from "@/lib/limits/mutations";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { streamBus } from "@/lib/providers/stream-bus";
import { reportFailure } from "@/lib/telemetry/report";
import { type AnswerContent, endTurn, saveAfterInterruption, type TurnEnd } from "@/lib/turns/mutations";
import type { OpenTurn } from "./start-turn";
import type { AssistantChunk, StreamParts } from "./stream-parts";

/** How long a database may be away when an answer ends without its last words being lost; beyond, the sweep ends the turn. */
const DATABASE_AWAY_MS = 5 * 60_000;
const RETRY_MS = 500;

/** The end that is to be told, and whether a question waits for it. */
export type FinishedTurn = { said: StreamParts["end"]; isNextWaiting: boolean };

/** Saves the answer and claims the end of the turn. */
export async function finishTurn(
  turn: OpenTurn,
  startedAt: Date,
  end: TurnEnd,
  content: AnswerContent,
): Promise<FinishedTurn> {
  await countTokens(turn, end, content);
  try {
    const ours = await patiently(() => endTurn(turn.actor.agentId, turn, end, content));
    // Someone else claimed it: the sweep of a process that did not hear this one. How it ended is said, what it says is kept.
    if (!ours) await patiently(() => saveAfterInterruption(turn.actor.agentId, turn, content));
    if (!ours) return { said: { status: "interrupted" }, isNextWaiting: false };
    return { said: toEnd(turn, startedAt, end), isNextWaiting: ours.isNextWaiting };
  } catch (error) {
    // The sweep will end the turn; the followers keep what they received, and are not told that all went well.
    reportFailure(error, { operation: "turn.finish" });
    return { said: { status: "failed", code: "unexpected" }, isNextWaiting: false };
  }
}

/** A database that restarts takes nothing away: the end is written when it is back. */
async function patiently<T>(save: () => Promise<T>): Promise<T> {
  const until = Date.now() + DATABASE_AWAY_MS;
  for (;;) {
    try {
      return await save();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function countTokens(turn: OpenTurn, end: TurnEnd, content: AnswerContent): Promise<void> {
  // A model that said nothing counted nothing; it may have read the question all the same.
  const read = [turn.instructions, ...turn.history.map(({ content }) => content)].join("\n");
  const asked = end.inputTokens ?? estimateTokens(read);
  const answered = end.outputTokens ?? estimateTokens(content.text);
  await recordTokens(turn.actor, asked + answered).catch((error: unknown) =>
    reportFailure(error, { operation: "turn.count" }),
  );
}

const toEnd = (turn: OpenTurn, startedAt: Date, end: TurnEnd): StreamParts["end"] => ({
  status: end.status,
  ...(end.failureCode && { code: end.failureCode }),
  ...(end.isTruncated && { isTruncated: true }),
  provenance: {
    modelLabel: end.answeredBy?.label ?? turn.modelLabel,
    hostingLabel: end.answeredBy?.hostingLabel ?? null,
    requestedModelLabel: end.answeredBy?.isFallback ? turn.modelLabel : null,
    firstTokenMs: end.firstTokenAt ? end.firstTokenAt.getTime() - startedAt.getTime() : null,
    durationMs: Date.now() - startedAt.getTime(),
    inputTokens: end.inputTokens ?? null,
    outputTokens: end.outputTokens ?? null,
    co2: end.co2 ?? null,
  },
});

/** Tells those who follow that the turn has ended. Whoever hears it finds the answer in the database. */
export async function announceEnd(turnId: string, end: StreamParts["end"]): Promise<void> {
  const bus = streamBus();
  const chunks: AssistantChunk[] = [{ type: "data-end", data: end }, { type: "finish" }];
  for (const chunk of chunks) await bus.publish(turnId, JSON.stringify(chunk));
  await bus.end(turnId);
}
