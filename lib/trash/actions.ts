"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/actor";
import { conversationPageInput, type StoredPage, selectionInput } from "@/lib/conversations/schema";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { emptyTrash, eraseConversations } from "./mutations";
import { listTrash } from "./queries";

export async function listTrashAction(input: unknown): Promise<ActionResult<StoredPage>> {
  return attempt("trash.list", async () => {
    const actor = await requireActor();
    return listTrash(actor, parseInput(conversationPageInput, input).cursor);
  });
}

/** Gives how many are gone: what another tab took out of the trash stays. */
export async function eraseConversationsAction(input: unknown): Promise<ActionResult<{ count: number }>> {
  return attempt("trash.erase", async () => {
    const actor = await requireActor();
    const count = await eraseConversations(actor, parseInput(selectionInput, input).ids);
    revalidatePath("/", "layout");
    return { count };
  });
}

export async function emptyTrashAction(): Promise<ActionResult<{ count: number }>> {
  return attempt("trash.empty", async () => {
    const count = await emptyTrash(await requireActor());
    revalidatePath("/", "layout");
    return { count };
  });
}
