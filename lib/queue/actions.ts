"use server";

import { revalidatePath } from "next/cache";
import { rewordQueuedQuestion } from "@/lib/assistant/reword-queued-question";
import { requireActor } from "@/lib/auth/actor";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { removeQueuedQuestion } from "./mutations";
import { editQueuedInput, removeQueuedInput } from "./schema";

const PAGE = "/(assistant)/(chat)/conversations/[id]";

export async function editQueuedQuestionAction(input: unknown): Promise<ActionResult> {
  return attempt("queue.edit", async () => {
    const actor = await requireActor();
    await rewordQueuedQuestion(actor, parseInput(editQueuedInput, input));
    revalidatePath(PAGE, "page");
  });
}

export async function removeQueuedQuestionAction(input: unknown): Promise<ActionResult> {
  return attempt("queue.remove", async () => {
    const actor = await requireActor();
    await removeQueuedQuestion(actor, parseInput(removeQueuedInput, input).id);
    revalidatePath(PAGE, "page");
  });
}
