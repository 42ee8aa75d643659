"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/actor";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import {
  deleteConversation,
  forkConversation,
  markSeen,
  renameConversation,
  restoreConversation,
  showBranch,
} from "./mutations";
import { listConversations } from "./queries";
import { type ConversationPage, conversationInput, conversationPageInput, messageInput, renameInput } from "./schema";

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

export async function showBranchAction(input: unknown): Promise<ActionResult> {
  return attempt("conversation.show-branch", async () => {
    const actor = await requireActor();
    await showBranch(actor, parseInput(messageInput, input));
    revalidatePath("/", "layout");
  });
}

/** Gives the identifier of the new conversation. */
export async function forkConversationAction(input: unknown): Promise<ActionResult<{ id: string }>> {
  return attempt("conversation.fork", async () => {
    const actor = await requireActor();
    const id = await forkConversation(actor, parseInput(messageInput, input));
    revalidatePath("/", "layout");
    return { id };
  });
}

export async function markSeenAction(input: unknown): Promise<ActionResult> {
  return attempt("conversation.seen", async () => {
    const actor = await requireActor();
    await markSeen(actor, parseInput(conversationInput, input).id);
    revalidatePath("/", "layout");
  });
}
