"use server";

import type { EarlierMessages } from "@/components/assistant/messages-shown";
import { drawStored } from "@/components/assistant/stored-messages";
import { requireActor } from "@/lib/auth/actor";
import { listMessagesBefore } from "@/lib/conversations/queries";
import { earlierMessagesInput } from "@/lib/conversations/schema";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";

/** Draws what comes before a message, as the page draws its own. */
export async function showEarlierMessages(input: unknown): Promise<ActionResult<EarlierMessages>> {
  return attempt("conversation.earlier", async () => {
    const actor = await requireActor();
    const before = parseInput(earlierMessagesInput, input);
    const messages = await listMessagesBefore(actor, before);
    return {
      messages: drawStored(before.conversationId, messages),
      hasEarlier: messages[0] !== undefined && messages[0].parentId !== null,
    };
  });
}
