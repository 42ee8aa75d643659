import "server-only";
import { and, asc, count, eq, ne } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { queuedQuestions } from "@/db/schema/queue";
import type { WebMode } from "@/lib/assistant/schema";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { QUEUED_QUESTIONS_MAX } from "./rules";

type Waiting = {
  id: string;
  conversationId: string;
  text: string;
  modelId?: string | undefined;
  documentIds?: string[] | undefined;
  webMode?: WebMode | undefined;
};

/** Puts a question at the end of the queue; once, however often it is sent. The caller holds the conversation's row. */
export async function enqueue(tx: Transaction, ownerId: string, question: Waiting): Promise<void> {
  const [waiting] = await tx
    .select({ n: count() })
    .from(queuedQuestions)
    .where(
      and(
        eq(queuedQuestions.ownerId, ownerId),
        eq(queuedQuestions.conversationId, question.conversationId),
        ne(queuedQuestions.id, question.id),
      ),
    );
  if ((waiting?.n ?? 0) >= QUEUED_QUESTIONS_MAX)
    throw new AppError("queue_full", { details: { max: QUEUED_QUESTIONS_MAX } });
  await tx
    .insert(queuedQuestions)
    .values({ ...question, modelId: question.modelId ?? null, documentIds: question.documentIds ?? [], ownerId })
    .onConflictDoNothing();
}

/** Takes the first question out of the queue, or gives null. The caller holds the conversation's row, and asks it. */
export async function dequeue(
  tx: Transaction,
  ownerId: string,
  conversationId: string,
): Promise<{ id: string; text: string; modelId: string | null; documentIds: string[]; webMode: WebMode } | null> {
  const [first] = await tx
    .select({
      id: queuedQuestions.id,
      text: queuedQuestions.text,
      modelId: queuedQuestions.modelId,
      documentIds: queuedQuestions.documentIds,
      webMode: queuedQuestions.webMode,
    })
    .from(queuedQuestions)
    .where(and(eq(queuedQuestions.ownerId, ownerId), eq(queuedQuestions.conversationId, conversationId)))
    .orderBy(asc(queuedQuestions.createdAt), asc(queuedQuestions.id))
    .limit(1);
  if (!first) return null;
  await tx.delete(queuedQuestions).where(and(eq(queuedQuestions.ownerId, ownerId), eq(queuedQuestions.id, first.id)));
  return first;
}

/** Throws `queued_question_sent` when it is no longer waiting. */
export async function editQueuedQuestion(actor: Actor, { id, text }: { id: string; text: string }): Promise<void> {
  const changed = await asMember(actor.agentId, (tx) =>
    tx
      .update(queuedQuestions)
      .set({ text })
      .where(and(eq(queuedQuestions.ownerId, actor.agentId), eq(queuedQuestions.id, id)))
      .returning({ id: queuedQuestions.id }),
  );
  if (changed.length === 0) throw new AppError("queued_question_sent");
}

/** Throws `queued_question_sent` when it is no longer waiting. */
export async function removeQueuedQuestion(actor: Actor, id: string): Promise<void> {
  const removed = await asMember(actor.agentId, (tx) =>
    tx
      .delete(queuedQuestions)
      .where(and(eq(queuedQuestions.ownerId, actor.agentId), eq(queuedQuestions.id, id)))
      .returning({ id: queuedQuestions.id }),
  );
  if (removed.length === 0) throw new AppError("queued_question_sent");
}
