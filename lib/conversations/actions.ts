"use server";

import { revalidatePath } from "next/cache";
import { type Actor, requireActor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors/app-error";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import {
  archiveConversations,
  deleteConversations,
  forkConversation,
  markSeen,
  pinConversation,
  renameConversation,
  restoreConversations,
  showBranch,
  unarchiveConversations,
} from "./mutations";
import { listArchived, listConversations } from "./queries";
import {
  type ConversationPage,
  conversationInput,
  conversationPageInput,
  messageInput,
  pinInput,
  renameInput,
  type StoredPage,
  selectionInput,
} from "./schema";

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

/** Those of the selection that changed: what another tab did first stays done. */
type Changed = { ids: string[] };

export async function deleteConversationsAction(input: unknown): Promise<ActionResult<Changed>> {
  return changeSelection("conversations.delete", input, deleteConversations);
}

export async function restoreConversationsAction(input: unknown): Promise<ActionResult<Changed>> {
  return changeSelection("conversations.restore", input, restoreConversations);
}

export async function archiveConversationsAction(input: unknown): Promise<ActionResult<Changed>> {
  return changeSelection("conversations.archive", input, archiveConversations);
}

export async function unarchiveConversationsAction(input: unknown): Promise<ActionResult<Changed>> {
  return changeSelection("conversations.unarchive", input, unarchiveConversations);
}

async function changeSelection(
  operation: string,
  input: unknown,
  change: (actor: Actor, ids: readonly string[]) => Promise<string[]>,
): Promise<ActionResult<Changed>> {
  return attempt(operation, async () => {
    const actor = await requireActor();
    const ids = await change(actor, parseInput(selectionInput, input).ids);
    if (ids.length === 0) throw new AppError("conversation_not_found");
    revalidatePath("/", "layout");
    return { ids };
  });
}

export async function pinConversationAction(input: unknown): Promise<ActionResult> {
  return attempt("conversation.pin", async () => {
    const actor = await requireActor();
    await pinConversation(actor, parseInput(pinInput, input));
    revalidatePath("/", "layout");
  });
}

export async function listArchivedAction(input: unknown): Promise<ActionResult<StoredPage>> {
  return attempt("conversations.list-archived", async () => {
    const actor = await requireActor();
    return listArchived(actor, parseInput(conversationPageInput, input).cursor);
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
