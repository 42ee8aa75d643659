import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { AgentRole } from "@/lib/auth/schema";
import { AppError } from "@/lib/errors/app-error";
import { isStopping } from "@/lib/process/stopping";
import { defaultModelId, modelInfo } from "@/lib/providers/llm";
import { type HistoryMessage, toHistory } from "./history";
import { openTurn } from "./mutations";
import { instructionsFor } from "./prompts/instructions";
import { findTurnOfQuestion, getOwnInstructions, listMessagesUpTo } from "./queries";
import type { ChatInput } from "./schema";
import type { TurnMetadata } from "./stream-parts";

declare const open: unique symbol;

/** A running turn. Whoever holds one need not ask again whether it was allowed. */
export type OpenTurn = TurnMetadata & {
  readonly ownerId: string;
  readonly role: AgentRole;
  readonly modelId: string;
  readonly instructions: string;
  readonly history: HistoryMessage[];
  readonly [open]: true;
};

/** `isNew` is false when the browser sent this question twice: the turn it started the first time is to be followed. */
export type StartedTurn = { isNew: true; turn: OpenTurn } | { isNew: false; turn: TurnMetadata };

/** Saves the question; the model is not called yet. */
export async function startTurn(actor: Actor, input: ChatInput): Promise<StartedTurn> {
  if (isStopping()) throw new AppError("restarting");
  const modelId = defaultModelId(actor.role);
  const opened = await openTurn(actor, input, modelInfo(modelId)?.label ?? modelId);
  if (!opened) {
    const turn = await findTurnOfQuestion(actor, input.questionId);
    if (!turn) throw new AppError("message_not_found");
    return { isNew: false, turn };
  }
  const [branch, ownInstructions] = await Promise.all([
    listMessagesUpTo(actor, opened.conversationId, opened.questionId),
    getOwnInstructions(actor),
  ]);
  const turn = {
    ...opened,
    ownerId: actor.agentId,
    role: actor.role,
    modelId,
    instructions: instructionsFor({ now: new Date(), ownInstructions }),
    history: toHistory(branch),
  } as OpenTurn;
  return { isNew: true, turn };
}
