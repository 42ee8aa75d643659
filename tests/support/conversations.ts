import { endTurn, openTurn } from "@/lib/assistant/mutations";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { newId } from "@/lib/id";

/** A conversation whose first turn is running: its question is saved, its answer empty. */
export async function aRunningTurn(actor: Actor, text = "Une question"): Promise<TurnMetadata> {
  const turn = await openTurn(
    actor,
    { kind: "ask", conversationId: newId(), isNew: true, questionId: newId(), text },
    "Modèle d’essai",
  );
  if (!turn) throw new Error("the turn was not opened");
  return turn;
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
