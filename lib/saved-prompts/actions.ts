"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/actor";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { changePrompt, createPrompt, deletePrompt } from "./mutations";
import { listPrompts } from "./queries";
import { PROMPTS_PATH } from "./rules";
import { newPromptInput, type Prompts, promptIdInput, promptInput } from "./schema";

export async function listPromptsAction(): Promise<ActionResult<Prompts>> {
  return attempt("prompts.list", async () => listPrompts(await requireActor()));
}

export async function createPromptAction(input: unknown): Promise<ActionResult<{ id: string }>> {
  return attempt("prompt.create", async () => {
    const actor = await requireActor();
    const id = await createPrompt(actor, parseInput(newPromptInput, input));
    revalidatePath(PROMPTS_PATH);
    return { id };
  });
}

export async function changePromptAction(input: unknown): Promise<ActionResult> {
  return attempt("prompt.change", async () => {
    const actor = await requireActor();
    await changePrompt(actor, parseInput(promptInput, input));
    revalidatePath(PROMPTS_PATH);
  });
}

export async function deletePromptAction(input: unknown): Promise<ActionResult> {
  return attempt("prompt.delete", async () => {
    const actor = await requireActor();
    await deletePrompt(actor, parseInput(promptIdInput, input).id);
    revalidatePath(PROMPTS_PATH);
  });
}
