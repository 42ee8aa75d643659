import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { MessagePart } from "@/lib/conversations/schema";
import { AppError } from "@/lib/errors/app-error";
import { requireTokens, takeMessage } from "@/lib/limits/mutations";
import { getModelId } from "@/lib/preferences/queries";
import { isStopping } from "@/lib/process/stopping";
import { isModelAllowed, listAnswerModels, modelInfo } from "@/lib/providers/llm";
import { type HistoryMessage, toHistory } from "./history";
import { findKnownOpening, type Opening, openTurn, type TurnModel } from "./mutations";
import { continueAnswer } from "./prompts/continue-answer";
import { instructionsFor } from "./prompts/instructions";
import { getTurnContext } from "./queries";
import type { ChatInput } from "./schema";
import type { TurnMetadata } from "./stream-parts";

declare const open: unique symbol;

/** A running turn. Whoever holds one need not ask again whether it was allowed. */
export type OpenTurn = TurnMetadata & {
  readonly modelId: string;
  readonly actor: Actor;
  readonly instructions: string;
  readonly history: HistoryMessage[];
  /** What the answer begins with, when it continues another. */
  readonly begun: MessagePart[];
  readonly [open]: true;
};

export type StartedTurn = { kind: "opened"; turn: OpenTurn } | Exclude<Opening, { kind: "opened" }>;

/** Saves the question, within the limits of use; the model is not called yet. */
export async function startTurn(actor: Actor, input: ChatInput): Promise<StartedTurn> {
  if (isStopping()) throw new AppError("restarting");
  const opening = await openWithinLimits(actor, input);
  if (opening.kind !== "opened") return opening;
  const { turn, begun } = opening;
  const lastId = input.kind === "continue" ? input.continuedId : turn.questionId;
  const { branch, ownInstructions } = await getTurnContext(actor, turn.conversationId, lastId);
  const history = toHistory(branch);
  return {
    kind: "opened",
    turn: {
      ...turn,
      actor,
      begun,
      instructions: instructionsFor({ now: new Date(), ownInstructions }),
      history: input.kind === "continue" ? continueAnswer(history) : history,
    } as OpenTurn,
  };
}

async function openWithinLimits(actor: Actor, input: ChatInput): Promise<Opening> {
  let giveBack: () => Promise<void>;
  try {
    giveBack = await takeTurn(actor, input);
  } catch (refusal) {
    // What was accepted once is not refused when the browser sends it again.
    const known = await findKnownOpening(actor, input);
    if (known) return known;
    throw refusal;
  }
  try {
    const opening = await openTurn(actor, input, await modelChooser(actor));
    if (opening.kind === "known") await giveBack();
    return opening;
  } catch (error) {
    await giveBack();
    throw error;
  }
}

/** The model asked for while it may be used, else the one the agent chose last. */
async function modelChooser(actor: Actor): Promise<(id?: string) => TurnModel> {
  const [only, ...others] = listAnswerModels(actor.role);
  const usual = only && others.length === 0 ? only.id : await getModelId(actor);
  return (id) => {
    const modelId = id && isModelAllowed(id, actor.role) ? id : usual;
    return { modelId, modelLabel: modelInfo(modelId)?.label ?? modelId };
  };
}

async function takeTurn(actor: Actor, input: ChatInput): Promise<() => Promise<void>> {
  if (input.kind !== "next") return takeMessage(actor);
  await requireTokens(actor);
  return async () => {}; // counted when it was put in the queue
}
