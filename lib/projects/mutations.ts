import "server-only";
import { and, count, eq, inArray, isNull, sql } from "drizzle-orm";
import { asMember, holdName, type Transaction } from "@/db/client";
import { conversations } from "@/db/schema/conversations";
import { documents, projectDocuments } from "@/db/schema/documents";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { keptBy } from "@/lib/conversations/queries";
import { AppError } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { requireDocuments } from "@/lib/message-documents/mutations";
import { suspendShares } from "@/lib/sharing/mutations";
import { refuseTemporary } from "@/lib/temporary/queries";
import { holdProject, projectIs } from "./queries";
import { PROJECT_DOCUMENTS_MAX, PROJECTS_MAX } from "./rules";
import type { NewProject, ProjectChange } from "./schema";

/** Gives the identifier of the new project. Throws `too_many_projects`. */
export async function createProject(actor: Actor, { title, colour }: NewProject): Promise<string> {
  const id = newId();
  await asMember(actor.agentId, async (tx) => {
    await holdName(tx, `projects ${actor.agentId}`);
    const kept = await tx.$count(projects, eq(projects.ownerId, actor.agentId));
    if (kept >= PROJECTS_MAX) throw new AppError("too_many_projects", { details: { max: PROJECTS_MAX } });
    await tx.insert(projects).values({ id, ownerId: actor.agentId, title, colour });
  });
  return id;
}

/** Changes what is given, and something must be. Throws `project_not_found`. */
export async function changeProject(actor: Actor, { id, ...changed }: ProjectChange): Promise<void> {
  const rows = await asMember(actor.agentId, (tx) =>
    tx.update(projects).set(changed).where(projectIs(actor.agentId, id)).returning({ id: projects.id }),
  );
  if (rows.length === 0) throw new AppError("project_not_found");
}

/** Deletes a project; its conversations go out of it, or to the trash. Its documents stay. Throws `project_not_found`. */
export async function deleteProject(
  actor: Actor,
  { id, conversations: fate }: { id: string; conversations: "keep" | "delete" },
): Promise<void> {
  await asMember(actor.agentId, async (tx) => {
    // Whoever puts a conversation in it meanwhile waits, then finds no project.
    const [held] = await tx
      .select({ id: projects.id })
      .from(projects)
      .where(projectIs(actor.agentId, id))
      .for("update");
    if (!held) throw new AppError("project_not_found");
    const inProject = and(eq(conversations.ownerId, actor.agentId), eq(conversations.projectId, id));
    if (fate === "delete") {
      const deleted = await tx
        .update(conversations)
        .set({ deletedAt: sql`now()` })
        .where(and(inProject, isNull(conversations.deletedAt)))
        .returning({ id: conversations.id });
      const ids = deleted.map((row) => row.id);
      if (ids.length > 0) await suspendShares(tx, actor, ids, true);
    }
    await tx.update(conversations).set({ projectId: null }).where(inProject);
    await tx.delete(projects).where(projectIs(actor.agentId, id));
  });
}

/** A project of an archive, with the identifiers it has here. */
export type ImportedProject = NewProject & {
  id: string;
  originalId: string;
  instructions: string;
  createdAt: string;
  documentIds: readonly string[];
  conversationIds: readonly string[];
  /** Those of its conversations that the archive brought: they go to the project that is here already. */
  broughtIds: readonly string[];
};

/**
 * Adds a whole project or nothing: what it names that is not here, or is in another project, stays out of it. One that is here
 * already is not changed.
 */
export async function addImportedProject(
  actor: Actor,
  { id, originalId, documentIds, conversationIds, broughtIds, createdAt, ...said }: ImportedProject,
): Promise<"added" | "known" | "tooManyProjects" | "identifiersTaken"> {
  const ownerId = actor.agentId;
  return asMember(ownerId, async (tx) => {
    await holdName(tx, `projects ${ownerId}`);
    const [known] = await tx
      .select({ id: projects.id })
      .from(projects)
      .where(and(eq(projects.ownerId, ownerId), inArray(projects.id, [id, originalId])));
    if (known) {
      await putInside(tx, actor, known.id, broughtIds);
      return "known";
    }
    if ((await tx.$count(projects, eq(projects.ownerId, ownerId))) >= PROJECTS_MAX) return "tooManyProjects";
    const moment = new Date(Math.min(Date.parse(createdAt), Date.now()));
    const added = await tx
      .insert(projects)
      .values({ ...said, id, ownerId, createdAt: moment })
      .onConflictDoNothing()
      .returning({ id: projects.id });
    if (added.length === 0) return "identifiersTaken";
    await putInside(tx, actor, id, conversationIds);
    if (documentIds.length === 0) return "added";
    const kept = await tx
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.ownerId, ownerId), isNull(documents.deletedAt), inArray(documents.id, [...documentIds])));
    if (kept.length > 0)
      await tx
        .insert(projectDocuments)
        .values(kept.map(({ id: documentId }) => ({ projectId: id, documentId, ownerId })));
    return "added";
  });
}

/** Conversations that are in no project. */
async function putInside(tx: Transaction, actor: Actor, projectId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(conversations)
    .set({ projectId })
    .where(and(keptBy(actor), isNull(conversations.projectId), inArray(conversations.id, [...ids])));
}

/**
 * Moves conversations into a project, or out of any (`projectId` null). Gives those that moved; one that is deleted stays where
 * it was. Throws `project_not_found`, and `conversation_temporary` when there is nothing else to move.
 */
export async function moveConversations(
  actor: Actor,
  { ids, projectId }: { ids: readonly string[]; projectId: string | null },
): Promise<string[]> {
  return asMember(actor.agentId, async (tx) => {
    if (projectId) await holdProject(tx, actor, projectId);
    const moved = await tx
      .update(conversations)
      .set({ projectId })
      .where(and(keptBy(actor), inArray(conversations.id, [...ids])))
      .returning({ id: conversations.id });
    if (moved.length === 0) await refuseTemporary(tx, actor, ids);
    return moved.map(({ id }) => id);
  });
}

/**
 * Gives documents of the actor's to all the conversations of a project; one that it has already is not added twice. Throws
 * `project_not_found`, `document_not_found` and `project_documents_too_many`.
 */
export async function addProjectDocuments(
  actor: Actor,
  { id, documentIds }: { id: string; documentIds: readonly string[] },
): Promise<void> {
  await asMember(actor.agentId, async (tx) => {
    await holdProject(tx, actor, id);
    await holdName(tx, `project documents ${id}`);
    await requireDocuments(tx, actor, documentIds);
    await tx
      .insert(projectDocuments)
      .values(documentIds.map((documentId) => ({ projectId: id, documentId, ownerId: actor.agentId })))
      .onConflictDoNothing();
    // One that was sent for a temporary conversation no longer goes with it.
    await tx
      .update(documents)
      .set({ expiresAt: null })
      .where(and(eq(documents.ownerId, actor.agentId), inArray(documents.id, [...documentIds])));
    const [given] = await tx
      .select({ n: count() })
      .from(projectDocuments)
      .innerJoin(documents, eq(documents.id, projectDocuments.documentId))
      .where(and(eq(projectDocuments.projectId, id), isNull(documents.deletedAt)));
    if ((given?.n ?? 0) > PROJECT_DOCUMENTS_MAX)
      throw new AppError("project_documents_too_many", { details: { max: PROJECT_DOCUMENTS_MAX } });
  });
}

/** The document itself stays. One that is not in the project is as well taken out. */
export async function removeProjectDocument(
  actor: Actor,
  { id, documentId }: { id: string; documentId: string },
): Promise<void> {
  await asMember(actor.agentId, (tx) =>
    tx
      .delete(projectDocuments)
      .where(
        and(
          eq(projectDocuments.ownerId, actor.agentId),
          eq(projectDocuments.projectId, id),
          eq(projectDocuments.documentId, documentId),
        ),
      ),
  );
}
