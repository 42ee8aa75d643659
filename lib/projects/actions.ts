"use server";

import { revalidatePath } from "next/cache";
import { requireActor } from "@/lib/auth/actor";
import { listProjectConversations } from "@/lib/conversations/queries";
import type { ConversationPage } from "@/lib/conversations/schema";
import { AppError } from "@/lib/errors/app-error";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import {
  addProjectDocuments,
  changeProject,
  createProject,
  deleteProject,
  moveConversations,
  removeProjectDocument,
} from "./mutations";
import { listProjects } from "./queries";
import {
  deletedProjectInput,
  moveInput,
  newProjectInput,
  type ProjectSummary,
  projectDocumentInput,
  projectDocumentsInput,
  projectInput,
  projectPageInput,
} from "./schema";

export async function listProjectsAction(): Promise<ActionResult<ProjectSummary[]>> {
  return attempt("projects.list", async () => listProjects(await requireActor()));
}

export async function createProjectAction(input: unknown): Promise<ActionResult<{ id: string }>> {
  return attempt("project.create", async () => {
    const actor = await requireActor();
    const id = await createProject(actor, parseInput(newProjectInput, input));
    revalidatePath("/", "layout");
    return { id };
  });
}

export async function changeProjectAction(input: unknown): Promise<ActionResult> {
  return attempt("project.change", async () => {
    const actor = await requireActor();
    await changeProject(actor, parseInput(projectInput, input));
    revalidatePath("/", "layout");
  });
}

export async function deleteProjectAction(input: unknown): Promise<ActionResult> {
  return attempt("project.delete", async () => {
    const actor = await requireActor();
    await deleteProject(actor, parseInput(deletedProjectInput, input));
    revalidatePath("/", "layout");
  });
}

/** Gives those of the selection that moved. */
export async function moveConversationsAction(input: unknown): Promise<ActionResult<{ ids: string[] }>> {
  return attempt("conversations.move", async () => {
    const actor = await requireActor();
    const ids = await moveConversations(actor, parseInput(moveInput, input));
    if (ids.length === 0) throw new AppError("conversation_not_found");
    revalidatePath("/", "layout");
    return { ids };
  });
}

export async function listProjectConversationsAction(input: unknown): Promise<ActionResult<ConversationPage>> {
  return attempt("project.conversations", async () => {
    const actor = await requireActor();
    const { id, cursor } = parseInput(projectPageInput, input);
    return listProjectConversations(actor, id, cursor);
  });
}

export async function addProjectDocumentsAction(input: unknown): Promise<ActionResult> {
  return attempt("project.add-documents", async () => {
    const actor = await requireActor();
    await addProjectDocuments(actor, parseInput(projectDocumentsInput, input));
    revalidatePath("/", "layout");
  });
}

export async function removeProjectDocumentAction(input: unknown): Promise<ActionResult> {
  return attempt("project.remove-document", async () => {
    const actor = await requireActor();
    await removeProjectDocument(actor, parseInput(projectDocumentInput, input));
    revalidatePath("/", "layout");
  });
}
