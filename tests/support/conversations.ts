import { openTurn } from "@/lib/assistant/mutations";
import type { ChatInput } from "@/lib/assistant/schema";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { endTurn } from "@/lib/turns/mutations";
import { aQuestion } from "./turns";

/** Opens a turn with the model of the tests; refuses one that was known or queued. */
export async function anOpenedTurn(actor: Actor, input: ChatInput): Promise<TurnMetadata> {
  const opening = await openTurn(actor, input, aModel);
  if (opening.kind !== "opened") throw new Error(`the turn was not opened: ${opening.kind}`);
  const { turnId, conversationId, questionId, answerId, modelLabel } = opening.turn;
  return { turnId, conversationId, questionId, answerId, modelLabel };
}

export const aModel = () => ({ modelId: "essai", modelLabel: "Modèle d’essai" });

/** A conversation whose first turn is running: its question is saved, its answer empty. */
export function aRunningTurn(actor: Actor, text = "Une question"): Promise<TurnMetadata> {
  return anOpenedTurn(actor, aQuestion(text));
}

/** A conversation with one question and its complete answer. */
export async function aConversation(
  actor: Actor,
  { question = "Une question", answer = "Une réponse" } = {},
): Promise<TurnMetadata> {
  const turn = await aRunningTurn(actor, question);
  await endTurn(
    actor.agentId,
    turn,
    { status: "completed" },
    { parts: [{ type: "text", text: answer }], text: answer },
  );
  return turn;
}
