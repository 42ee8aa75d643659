import "server-only";
import { and, asc, eq } from "drizzle-orm";
import { asMember } from "@/db/client";
import { queuedQuestions } from "@/db/schema/conversations";
import type { Actor } from "@/lib/auth/actor";
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
