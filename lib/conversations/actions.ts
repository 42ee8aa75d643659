"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/actor";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { deleteConversation, renameConversation, restoreConversation } from "./mutations";
import { listConversations } from "./queries";
import { type ConversationPage, conversationInput, conversationPageInput, renameInput } from "./schema";

export async function listConversationsAction(input: unknown): Promise<ActionResult<ConversationPage>> {
  return attempt("conversations.list", async () => {
    const actor = await requireActor();
    const { cursor } = parseInput(conversationPageInput, input);
    return listConversations(actor, cursor);
  });
}

export async function renameConversationAction(input: unknown): Promise<ActionResult> {
  return attempt("conversation.rename", async () => {
    const actor = await requireActor();
    await renameConversation(actor, parseInput(renameInput, input));
    revalidatePath("/", "layout");
  });
}

export async function deleteConversationAction(input: unknown): Promise<ActionResult> {
  return attempt("conversation.delete", async () => {
    const actor = await requireActor();
    await deleteConversation(actor, parseInput(conversationInput, input).id);
    revalidatePath("/", "layout");
  });
}

export async function restoreConversationAction(input: unknown): Promise<ActionResult> {
  return attempt("conversation.restore", async () => {
    const actor = await requireActor();
    await restoreConversation(actor, parseInput(conversationInput, input).id);
    revalidatePath("/", "layout");
  });
}
