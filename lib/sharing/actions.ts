"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { copyShare, createShare, revokeShare } from "./mutations";
import { newShareInput, shareInput } from "./schema";

/** Gives the identifier of the link. */
export async function createShareAction(input: unknown): Promise<ActionResult<{ id: string }>> {
  return attempt("share.create", async () => {
    const actor = await requireActor();
    if (!env().SHARING) throw new AppError("forbidden");
    return { id: await createShare(actor, parseInput(newShareInput, input)) };
  });
}

export async function revokeShareAction(input: unknown): Promise<ActionResult> {
  return attempt("share.revoke", async () => {
    const actor = await requireActor();
    await revokeShare(actor, parseInput(shareInput, input).id);
    revalidatePath("/parametres");
  });
}

/** Gives the identifier of the new conversation. */
export async function copyShareAction(input: unknown): Promise<ActionResult<{ id: string }>> {
  return attempt("share.copy", async () => {
    const actor = await requireActor();
    const id = await copyShare(actor, parseInput(shareInput, input, "share_not_found").id);
    revalidatePath("/", "layout");
    return { id };
  });
}
