import "server-only";
import { and, asc, eq } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { queuedQuestions } from "@/db/schema/queue";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { QUEUED_QUESTIONS_MAX } from "./rules";
import type { QueuedQuestion } from "./schema";

/** In the order in which they will be asked. Nothing for a conversation that is not the actor's. */
export function listQueuedQuestions(actor: Actor, conversationId: string): Promise<QueuedQuestion[]> {
  return asMember(actor.agentId, (tx) =>
    tx
      .select({ id: queuedQuestions.id, text: queuedQuestions.text })
      .from(queuedQuestions)
      .where(and(eq(queuedQuestions.ownerId, actor.agentId), eq(queuedQuestions.conversationId, conversationId)))
      .orderBy(asc(queuedQuestions.createdAt), asc(queuedQuestions.id))
      .limit(QUEUED_QUESTIONS_MAX),
  );
}

/** The model that a question is to be asked of; null: the one that the agent uses. Throws `queued_question_sent`. */
export async function getQueuedModelId(actor: Actor, id: string): Promise<string | null> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ modelId: queuedQuestions.modelId })
      .from(queuedQuestions)
      .where(and(eq(queuedQuestions.ownerId, actor.agentId), eq(queuedQuestions.id, id))),
  );
  if (!found) throw new AppError("queued_question_sent");
  return found.modelId;
}

export async function hasQueuedQuestion(tx: Transaction, ownerId: string, conversationId: string): Promise<boolean> {
  const [first] = await tx
    .select({ id: queuedQuestions.id })
    .from(queuedQuestions)
    .where(and(eq(queuedQuestions.ownerId, ownerId), eq(queuedQuestions.conversationId, conversationId)))
    .limit(1);
  return first !== undefined;
}
