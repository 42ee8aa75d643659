"use server";

import type { EarlierMessages } from "@/components/assistant/messages-shown";
import { drawStored } from "@/components/assistant/stored-messages";
import { requireActor } from "@/lib/auth/actor";
import { listMessagesBefore } from "@/lib/conversations/queries";
import { messageInput } from "@/lib/conversations/schema";
import { listAttachedFiles } from "@/lib/documents/queries";
import { listFeedback } from "@/lib/feedback/queries";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";

/** Draws what comes before a message, as the page draws its own. */
export async function showEarlierMessages(input: unknown): Promise<ActionResult<EarlierMessages>> {
  return attempt("conversation.earlier", async () => {
    const actor = await requireActor();
    const before = parseInput(messageInput, input);
    const [messages, feedback, documents] = await Promise.all([
      listMessagesBefore(actor, before),
      listFeedback(actor, before.conversationId),
      listAttachedFiles(actor, before.conversationId),
    ]);
    return {
      messages: drawStored(before.conversationId, messages, { feedback, documents }),
      hasEarlier: messages[0] !== undefined && messages[0].parentId !== null,
    };
  });
}
