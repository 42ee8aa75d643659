import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { conversations, messages } from "@/db/schema/conversations";
import { feedback } from "@/db/schema/feedback";
import type { Actor } from "@/lib/auth/actor";
import { visibleTo } from "@/lib/conversations/queries";
import { AppError } from "@/lib/errors/app-error";
import { refuseTemporary } from "@/lib/temporary/queries";
import type { Feedback } from "./schema";

/** Gives an opinion on an answer of the actor's, in place of the one before. Throws `message_not_found` and `conversation_temporary`. */
export async function giveFeedback(actor: Actor, answerId: string, opinion: Feedback): Promise<void> {
  await asMember(actor.agentId, async (tx) => {
    const conversationId = await getConversationOfAnswer(tx, actor, answerId);
    await refuseTemporary(tx, actor, [conversationId]);
    await tx
      .insert(feedback)
      .values({ answerId, conversationId, ownerId: actor.agentId, ...opinion })
      .onConflictDoUpdate({ target: feedback.answerId, set: { ...opinion, updatedAt: sql`now()` } });
  });
}

/** Takes an opinion back; one that was never given is as well taken back. Throws `message_not_found`. */
export async function withdrawFeedback(actor: Actor, answerId: string): Promise<void> {
  await asMember(actor.agentId, async (tx) => {
    await getConversationOfAnswer(tx, actor, answerId);
    await tx.delete(feedback).where(and(eq(feedback.ownerId, actor.agentId), eq(feedback.answerId, answerId)));
  });
}

async function getConversationOfAnswer(tx: Transaction, actor: Actor, answerId: string): Promise<string> {
  const [answer] = await tx
    .select({ conversationId: messages.conversationId })
    .from(messages)
    .innerJoin(conversations, eq(conversations.id, messages.conversationId))
    .where(
      and(
        visibleTo(actor),
        eq(messages.ownerId, actor.agentId),
        eq(messages.id, answerId),
        eq(messages.author, "assistant"),
      ),
    );
  if (!answer) throw new AppError("message_not_found");
  return answer.conversationId;
}
