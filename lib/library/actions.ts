"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/actor";
import { removeUndoably, undoRemoval } from "@/lib/documents/remove-document";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import { listLibrary } from "./queries";
import { keptDocumentInput, type LibraryPage, libraryInput } from "./schema";

export async function listLibraryAction(input: unknown): Promise<ActionResult<LibraryPage>> {
  return attempt("library.list", async () => {
    const actor = await requireActor();
    return listLibrary(actor, parseInput(libraryInput, input));
  });
}

export async function removeDocumentAction(input: unknown): Promise<ActionResult> {
  return attempt("library.remove", async () => {
    const actor = await requireActor();
    await removeUndoably(actor, parseInput(keptDocumentInput, input).id);
    revalidatePath("/", "layout");
  });
}

export async function restoreDocumentAction(input: unknown): Promise<ActionResult> {
  return attempt("library.restore", async () => {
    const actor = await requireActor();
    await undoRemoval(actor, parseInput(keptDocumentInput, input).id);
    revalidatePath("/", "layout");
  });
}
