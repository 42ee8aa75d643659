"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/actor";
import { conversationInput } from "@/lib/conversations/schema";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { closeTemporary, keepTemporary } from "./mutations";

export async function closeTemporaryAction(input: unknown): Promise<ActionResult> {
  return attempt("temporary.close", async () => {
    const actor = await requireActor();
    await closeTemporary(actor, parseInput(conversationInput, input).id);
  });
}

export async function keepTemporaryAction(input: unknown): Promise<ActionResult> {
  return attempt("temporary.keep", async () => {
    const actor = await requireActor();
    await keepTemporary(actor, parseInput(conversationInput, input).id);
    revalidatePath("/", "layout");
  });
}
