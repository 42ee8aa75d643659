import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { isStopping } from "@/lib/process/stopping";
import { answerLimits, answerModelLabel } from "@/lib/providers/llm";
import { budgetOf, type ContextFill, fitContext, requireRoomFor } from "./context";
import { type HistoryMessage, textOf } from "./history";
import { openTurn } from "./mutations";
import { instructionsFor } from "./prompts/instructions";
import { findTurnOfQuestion, getOwnInstructions, listMessagesUpTo, listSummaries } from "./queries";
import type { ChatInput } from "./schema";
import type { TurnMetadata } from "./stream-parts";

declare const open: unique symbol;

/** A running turn. Whoever holds one need not ask again whether it was allowed. */
export type OpenTurn = TurnMetadata & {
  readonly ownerId: string;
  readonly actor: Actor;
  readonly instructions: string;
  readonly history: HistoryMessage[];
  /** Tokens of `history`, and how many would fit. */
  readonly context: ContextFill;
  readonly [open]: true;
};

/** `isNew` is false when the browser sent this question twice: the turn it started the first time is to be followed. */
export type StartedTurn = { isNew: true; turn: OpenTurn } | { isNew: false; turn: TurnMetadata };

/** Saves the question; the model is not called yet. */
export async function startTurn(actor: Actor, input: ChatInput): Promise<StartedTurn> {
  if (isStopping()) throw new AppError("restarting");
  const budget = budgetOf(answerLimits());
  requireRoomFor(await questionOf(actor, input), budget);
  const opened = await openTurn(actor, input, answerModelLabel());
  if (!opened) {
    const turn = await findTurnOfQuestion(actor, input.questionId);
    if (!turn) throw new AppError("message_not_found");
    return { isNew: false, turn };
  }
  const [branch, summaries, ownInstructions] = await Promise.all([
    listMessagesUpTo(actor, opened.conversationId, opened.questionId),
    listSummaries(actor, opened.conversationId),
    getOwnInstructions(actor),
  ]);
  const { history, used } = fitContext(branch, summaries, budget);
  const turn = {
    ...opened,
    ownerId: actor.agentId,
    actor,
    instructions: instructionsFor({ now: new Date(), ownInstructions }),
    history,
    context: { usedTokens: used, budgetTokens: budget },
  } as OpenTurn;
  return { isNew: true, turn };
}

/** Empty for a question that does not exist: opening its turn says so. */
async function questionOf(actor: Actor, input: ChatInput): Promise<string> {
  if (input.kind === "ask") return input.text;
  const question = (await listMessagesUpTo(actor, input.conversationId, input.questionId)).at(-1);
  return question ? textOf(question) : "";
}
