import "server-only";
import { and, eq } from "drizzle-orm";
import { asMember } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { feedback } from "@/db/schema/feedback";
import type { Actor } from "@/lib/auth/actor";
import { visibleTo } from "@/lib/conversations/queries";
import { type Feedback, feedbackReasons } from "./schema";

/** A conversation longer than this shows the first opinions only. */
const FEEDBACK_MAX = 1_000;

/** The opinions on the answers of a conversation, by answer; empty for one that does not exist. */
export async function listFeedback(actor: Actor, conversationId: string): Promise<Record<string, Feedback>> {
  const rows = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        answerId: feedback.answerId,
        rating: feedback.rating,
        reasons: feedback.reasons,
        comment: feedback.comment,
      })
      .from(feedback)
      .innerJoin(conversations, eq(conversations.id, feedback.conversationId))
      .where(and(visibleTo(actor), eq(feedback.ownerId, actor.agentId), eq(feedback.conversationId, conversationId)))
      .limit(FEEDBACK_MAX),
  );
  return Object.fromEntries(
    rows.map(({ answerId, reasons, ...opinion }) => [
      answerId,
      { ...opinion, reasons: feedbackReasons.parse(reasons) },
    ]),
  );
}
