import "server-only";
import { and, eq } from "drizzle-orm";
import { asMember } from "@/db/client";
import { agents } from "@/db/schema/agents";
import { messages, turns } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
import { getConversation, listBranch } from "@/lib/conversations/queries";
import { type MessagePart, messageParts, type StoredMessage } from "@/lib/conversations/schema";
import { ERROR_CODES } from "@/lib/errors/app-error";
import type { StreamParts, TurnMetadata } from "./stream-parts";

export const turnMetadata = {
  turnId: turns.id,
  conversationId: turns.conversationId,
  questionId: turns.questionId,
  answerId: turns.answerId,
  modelLabel: turns.modelLabel,
};

/** The turn being written in a conversation of the actor's, or null. Throws `conversation_not_found`. */
export async function findRunningTurn(actor: Actor, conversationId: string): Promise<TurnMetadata | null> {
  const { id } = await getConversation(actor, conversationId);
  const [running] = await asMember(actor.agentId, (tx) =>
    tx
      .select(turnMetadata)
      .from(turns)
      .where(and(eq(turns.ownerId, actor.agentId), eq(turns.conversationId, id), eq(turns.status, "running"))),
  );
  return running ?? null;
}

/** What a turn needs to know: the branch that ends with `messageId`, from its first message, and the agent's settings. */
export function getTurnContext(
  actor: Actor,
  conversationId: string,
  messageId: string,
): Promise<{ branch: StoredMessage[]; ownInstructions: string }> {
  return asMember(actor.agentId, async (tx) => {
    const [branch, [agent]] = await Promise.all([
      listBranch(tx, actor, conversationId, messageId),
      tx.select({ instructions: agents.instructions }).from(agents).where(eq(agents.id, actor.agentId)),
    ]);
    return { branch, ownInstructions: agent?.instructions ?? "" };
  });
}

/** The stored answer of a turn, or null while it runs. */
export async function getEndedAnswer(
  actor: Actor,
  turnId: string,
): Promise<{ parts: MessagePart[]; end: StreamParts["end"] } | null> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ status: turns.status, failureCode: turns.failureCode, parts: messages.parts })
      .from(turns)
      .innerJoin(messages, eq(messages.id, turns.answerId))
      .where(and(eq(turns.ownerId, actor.agentId), eq(turns.id, turnId))),
  );
  if (!found || found.status === "running") return null;
  const code = ERROR_CODES.find((known) => known === found.failureCode);
  return { parts: messageParts.parse(found.parts), end: { status: found.status, ...(code && { code }) } };
}
