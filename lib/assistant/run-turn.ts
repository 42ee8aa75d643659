import "server-only";
import type { Co2 } from "@/lib/conversations/schema";
import type { AttachedDocument } from "@/lib/documents/schema";
import { type ErrorCode, toErrorCode } from "@/lib/errors/app-error";
import { keepProcessFor } from "@/lib/process/running-work";
import { type AnswerUsage, type ModelEvent, type ModelMessage, modelInfo } from "@/lib/providers/llm";
import { estimateTokens } from "@/lib/providers/llm.tokens";
import { streamBus } from "@/lib/providers/stream-bus";
import { reportFailure } from "@/lib/telemetry/report";
import type { TurnEnd } from "@/lib/turns/mutations";
import { afterTurn } from "./after-turn";
import { createAnswer } from "./answer";
import { askModel } from "./ask-model";
import { createCitationCheck } from "./citations/check-citations";
import { createSources, type Sources } from "./citations/sources";
import { co2Of } from "./co2";
import { fitContext } from "./context";
import { announceEnd, finishTurn } from "./finish-turn";
import { createJournal } from "./journal";
import { HEARTBEAT_SECONDS } from "./maintenance";
import { readProject, withProject } from "./project-documents";
import { continueAnswer } from "./prompts/continue-answer";
import { documentsOf, untilRead, type Wait, withDocuments } from "./read-documents";
import { saveProgressSoon } from "./save-progress";
import { IMAGE_TOKENS, showImages } from "./see-images";
import { startNextTurn } from "./start-next-turn";
import type { OpenTurn } from "./start-turn";
import { onStopAsked } from "./stop-turn";
import type { AssistantChunk } from "./stream-parts";

/** Calls the model and writes the answer, whether or not anyone is listening. Returns at once. */
export function runTurn(turn: OpenTurn): void {
  void keepProcessFor(runToItsEnd(turn)).catch((error: unknown) => reportFailure(error, { operation: "turn.run" }));
}

async function runToItsEnd(turn: OpenTurn): Promise<void> {
  const startedAt = new Date();
  const { end, content } = await writeAnswer(turn);
  const { said, isNextWaiting } = await finishTurn(turn, startedAt, end, content);
  // Before the end is told, so that whoever hears it finds the next turn running.
  const next = isNextWaiting ? await startNextTurn(turn, said.status) : null;
  await announceEnd(turn.turnId, said);
  if (next) runTurn(next);
  afterTurn(turn, end, content.text);
}

async function writeAnswer(turn: OpenTurn) {
  const stop = new AbortController();
  const bus = streamBus();
  const ownerId = turn.actor.agentId;
  const answer = createAnswer(turn.begun);
  const sources = createSources();
  const citations = createCitationCheck(sources, turn.begun);
  const publish = async (chunks: AssistantChunk[]) => {
    for (const chunk of chunks) await bus.publish(turn.turnId, JSON.stringify(chunk));
  };
  const forgetStop = onStopAsked(turn.turnId, () => stop.abort());
  const onSaveFailed = (error: unknown) => reportFailure(error, { operation: "turn.save" });
  const journal = createJournal({
    snapshot: answer.content,
    save: (content) => saveProgressSoon({ ownerId, turn, content }),
    onSaveFailed,
  });
  const heartbeat = setInterval(
    () => saveProgressSoon({ ownerId, turn, content: null }).catch(onSaveFailed),
    HEARTBEAT_SECONDS * 1000,
  );

  let usage: AnswerUsage | undefined;
  let answeredBy: ModelEvent | undefined;
  let firstTokenAt: Date | undefined;
  let isTruncated = false;
  let failure: ErrorCode | undefined;
  try {
    await publish([{ type: "start", messageId: turn.answerId, messageMetadata: toMetadata(turn) }]);
    await publish(answer.opening());
    const onWait = () => publish([{ type: "data-waiting", data: null }]);
    const history = await historyOf(turn, sources, { signal: stop.signal, onWait });
    for await (const event of askModel(turn, history, sources, stop.signal)) {
      switch (event.type) {
        case "model":
          answeredBy = event;
          continue;
        case "usage":
          usage = event;
          continue;
        case "finish":
          isTruncated = event.reason === "length";
          continue;
        case "tool":
          await publish([...answer.addText(citations.end()), ...answer.addTool(event)]);
          break;
        case "text":
          firstTokenAt ??= new Date();
          await publish(answer.addText(citations.add(event.delta)));
          break;
        case "reasoning":
          firstTokenAt ??= new Date();
          // What is thought again would stand in the middle of a text that goes on.
          if (turn.begun.length > 0) continue;
          await publish([...answer.addText(citations.end()), ...answer.add(event)]);
      }
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

  const last = answer.addText(citations.end());
  await journal.close();
  await publish([...last, ...answer.closing()]);
  const end: TurnEnd = {
    status: stop.signal.aborted ? "stopped" : failure ? "failed" : "completed",
    failureCode: failure,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    answeredBy,
    firstTokenAt,
    isTruncated,
    co2: answeredBy && usage ? co2OfAnswer(answeredBy.modelId, usage, firstTokenAt) : null,
  };
  return { end, content: answer.content() };
}

/** The question and what came before it, documents and images included; waits for those that are still being read. */
async function historyOf(turn: OpenTurn, sources: Sources, { signal, onWait }: Wait): Promise<ModelMessage[]> {
  const { actor, documents, modelId, begun } = turn;
  if (!documents) return turn.history;
  const { attached, branch, summaries } = documents;
  const sees = modelInfo(modelId)?.vision === true;
  const isOnBranch = (document: AttachedDocument) => branch.some(({ id }) => id === document.messageId);
  await untilRead(actor, attached.filter(isOnBranch), { signal, onWait, sees });
  const whole = turn.context.budgetTokens;
  const images = sees ? await showImages(actor, documentsOf(turn), whole, signal) : [];
  const budget = whole - images.length * IMAGE_TOKENS;
  const ofProject = await readProject(turn, budget, sources);
  const read = await withDocuments(turn, budget - estimateTokens(ofProject), sources);
  const { history } = fitContext(withProject(read, ofProject), summaries, budget);
  sources.keepOnly(history.map(({ content }) => content));
  const messages: ModelMessage[] = begun.length > 0 ? continueAnswer(history) : history;
  const last = messages.at(-1);
  return last?.role === "user" && images.length > 0 ? [...messages.slice(0, -1), { ...last, images }] : messages;
}

/** The server's own figure when it gives one, else an estimate from the size of the model. */
function co2OfAnswer(modelId: string, { co2Grams, outputTokens }: AnswerUsage, firstTokenAt = new Date()): Co2 | null {
  if (co2Grams) return { gramsMin: co2Grams.min, gramsMax: co2Grams.max, source: "provider" };
  const model = modelInfo(modelId);
  if (!model?.parameters) return null;
  const measuredSeconds = (Date.now() - firstTokenAt.getTime()) / 1000;
  return co2Of({ size: model.parameters, outputTokens, zone: model.zone, measuredSeconds });
}

const toMetadata = ({ turnId, conversationId, questionId, answerId, modelLabel }: OpenTurn) => ({
  turnId,
  conversationId,
  questionId,
  answerId,
  modelLabel,
});
