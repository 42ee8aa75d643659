import "server-only";
import { type ErrorCode, toErrorCode } from "@/lib/errors/app-error";
import { keepProcessFor } from "@/lib/process/running-work";
import { type AnswerUsage, streamAnswer } from "@/lib/providers/llm";
import { streamBus } from "@/lib/providers/stream-bus";
import { reportFailure } from "@/lib/telemetry/report";
import { afterTurn } from "./after-turn";
import { createAnswer } from "./answer";
import { finishTurn } from "./finish-turn";
import { createJournal } from "./journal";
import { HEARTBEAT_SECONDS } from "./maintenance";
import { saveProgress, type TurnEnd } from "./mutations";
import type { OpenTurn } from "./start-turn";
import type { AssistantChunk } from "./stream-parts";

/** Calls the model and writes the answer, whether or not anyone is listening. Returns at once. */
export function runTurn(turn: OpenTurn): void {
  void keepProcessFor(writeAnswer(turn)).catch((error: unknown) => reportFailure(error, { operation: "turn.run" }));
}

async function writeAnswer(turn: OpenTurn): Promise<void> {
  const stop = new AbortController();
  const bus = streamBus();
  const answer = createAnswer();
  const publish = (chunk: AssistantChunk) => bus.publish(turn.turnId, JSON.stringify(chunk));
  const forgetStop = bus.onStop(turn.turnId, () => stop.abort());
  const onSaveFailed = (error: unknown) => reportFailure(error, { operation: "turn.save" });
  const journal = createJournal({
    snapshot: answer.content,
    save: (content) => saveProgress(turn.ownerId, turn, content),
    onSaveFailed,
  });
  const heartbeat = setInterval(
    () => saveProgress(turn.ownerId, turn, null).catch(onSaveFailed),
    HEARTBEAT_SECONDS * 1000,
  );

  let usage: AnswerUsage | undefined;
  let failure: ErrorCode | undefined;
  try {
    await publish({ type: "start", messageId: turn.answerId, messageMetadata: toMetadata(turn) });
    for await (const event of streamAnswer({
      instructions: turn.instructions,
      messages: turn.history,
      signal: stop.signal,
    })) {
      if (event.type === "usage") {
        usage = event;
        continue;
      }
      for (const chunk of answer.add(event)) await publish(chunk);
      journal.touch();
    }
  } catch (error) {
    if (!stop.signal.aborted) {
      failure = toErrorCode(error);
      reportFailure(error, { operation: "turn.run" });
    }
  } finally {
    forgetStop();
    clearInterval(heartbeat);
  }

  await journal.close();
  for (const chunk of answer.closing()) await publish(chunk);
  const end: TurnEnd = {
    status: stop.signal.aborted ? "stopped" : failure ? "failed" : "completed",
    failureCode: failure,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
  };
  const content = answer.content();
  await finishTurn(turn.ownerId, turn, end, content);
  afterTurn(turn, end, content.text);
}

const toMetadata = ({ turnId, conversationId, questionId, answerId, modelLabel }: OpenTurn) => ({
  turnId,
  conversationId,
  questionId,
  answerId,
  modelLabel,
});
