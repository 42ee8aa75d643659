"use server";

import type { EarlierMessages } from "@/components/assistant/messages-shown";
import { drawStored } from "@/components/assistant/stored-messages";
import { requireActor } from "@/lib/auth/actor";
import { getConversation, listMessagesBefore } from "@/lib/conversations/queries";
import { earlierInput } from "@/lib/conversations/schema";
import { listAttachedFiles } from "@/lib/documents/queries";
import { env } from "@/lib/env";
import { listFeedback } from "@/lib/feedback/queries";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";

/** Draws what comes before a message, as the page draws its own. */
export async function showEarlierMessages(input: unknown): Promise<ActionResult<EarlierMessages>> {
  return attempt("conversation.earlier", async () => {
    const actor = await requireActor();
    const before = parseInput(earlierInput, input);
    const [{ endsAt }, messages, feedback, documents] = await Promise.all([
      getConversation(actor, before.conversationId),
      listMessagesBefore(actor, before),
      listFeedback(actor, before.conversationId),
      listAttachedFiles(actor, before.conversationId),
    ]);
    return {
      messages: drawStored(before.conversationId, messages, {
        feedback,
        documents,
        isTemporary: endsAt !== null,
        canShare: env().SHARING,
      }),
      hasEarlier: messages[0] !== undefined && messages[0].parentId !== null,
    };
  });
}
