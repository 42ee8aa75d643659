import { eq, sql } from "drizzle-orm";
import { asMember } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import type { ChatInput } from "@/lib/assistant/schema";
import type { TurnMetadata } from "@/lib/assistant/stream-parts";
import type { Actor } from "@/lib/auth/actor";
import { purgeTemporary } from "@/lib/temporary/mutations";
import { endTurn } from "@/lib/turns/mutations";
import { anOpenedTurn } from "./conversations";
import { aQuestion } from "./turns";

/** A temporary conversation with one question and its complete answer. */
export async function aTemporaryConversation(
  actor: Actor,
  {
    question = "Une question",
    answer = "Une réponse",
    ...more
  }: Partial<ChatInput & { kind: "ask" }> & {
    question?: string;
    answer?: string;
  } = {},
): Promise<TurnMetadata> {
  const turn = await anOpenedTurn(actor, aQuestion(question, { temporary: true, ...more }));
  const content = { parts: [{ type: "text" as const, text: answer }], text: answer };
  await endTurn(actor.agentId, turn, { status: "completed" }, content);
  return turn;
}

/** As if the conversation had begun, and been looked at or left, so long before, such as "25 hours". */
export async function passed(actor: Actor, conversationId: string, by: string): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx
      .update(conversations)
      .set({
        createdAt: sql`created_at - ${by}::interval`,
        expiresAt: sql`expires_at - ${by}::interval`,
      })
      .where(eq(conversations.id, conversationId)),
  );
}

/**
 * Starts a sweep in the middle of a transaction that changes what it would remove. On PostgreSQL it has `begun` when it knows what
 * to remove and waits for that transaction; the embedded database does one after the other.
 */
export function aSweepUnderWay(): { sweep: Promise<number>; begun: Promise<void> } {
  return { sweep: purgeTemporary(), begun: new Promise((resolve) => setTimeout(resolve, 300)) };
}
