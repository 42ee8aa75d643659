import "server-only";
import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { asMember, type Transaction } from "@/db/client";
import { documents, files, projectDocuments } from "@/db/schema/documents";
import { projects } from "@/db/schema/projects";
import type { Actor } from "@/lib/auth/actor";
import { summary as documentSummary, visibleTo } from "@/lib/documents/queries";
import { AppError } from "@/lib/errors/app-error";
import { PROJECT_DOCUMENTS_MAX, PROJECTS_MAX } from "./rules";
import type {
  CountedProject,
  ExportedProject,
  Project,
  ProjectDocument,
  ProjectSource,
  ProjectSummary,
} from "./schema";

// Names written out: within a template, drizzle drops the table's name.
const inProject = sql`from conversations held
  where held.project_id = projects.id and held.owner_id = projects.owner_id and held.deleted_at is null`;

export const projectIs = (ownerId: string, id: string): SQL | undefined =>
  and(eq(projects.ownerId, ownerId), eq(projects.id, id));

const collator = new Intl.Collator("fr", { numeric: true });

/** By title, as French sorts it. */
export async function listProjects(actor: Actor): Promise<ProjectSummary[]> {
  const found = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        id: projects.id,
        title: projects.title,
        colour: projects.colour,
        isRunning: sql<boolean>`exists (select ${inProject} and exists (
          select from turns running where running.conversation_id = held.id and running.status = 'running'))`,
        unseenIds: sql<string[]>`array(select held.id::text ${inProject} and held.has_unseen_answer limit 2)`,
      })
      .from(projects)
      .where(eq(projects.ownerId, actor.agentId))
      .orderBy(asc(projects.title), asc(projects.id))
      .limit(PROJECTS_MAX),
  );
  return found.toSorted((one, other) => collator.compare(one.title, other.title));
}

const counted = {
  id: projects.id,
  title: projects.title,
  colour: projects.colour,
  conversationsTotal: sql<number>`(select count(*)::int ${inProject})`,
  documentsTotal: sql<number>`(select count(*)::int from project_documents given
    join documents on documents.id = given.document_id and documents.deleted_at is null
    where given.project_id = projects.id and given.owner_id = projects.owner_id)`,
};

/** By title, as French sorts it, with how much is in each. */
export async function listCountedProjects(actor: Actor): Promise<CountedProject[]> {
  const found = await asMember(actor.agentId, (tx) =>
    tx
      .select(counted)
      .from(projects)
      .where(eq(projects.ownerId, actor.agentId))
      .orderBy(asc(projects.title), asc(projects.id))
      .limit(PROJECTS_MAX),
  );
  return found.toSorted((one, other) => collator.compare(one.title, other.title));
}

/** Throws `project_not_found`. */
export async function getProject(actor: Actor, id: string): Promise<Project> {
  const [found] = await asMember(actor.agentId, (tx) =>
    tx
      .select({ ...counted, instructions: projects.instructions })
      .from(projects)
      .where(projectIs(actor.agentId, id)),
  );
  if (!found) throw new AppError("project_not_found");
  return found;
}

/** All of them as they are taken away, the oldest first: what is deleted, documents and conversations, is not in them. */
export async function listAllProjects(actor: Actor): Promise<ExportedProject[]> {
  const rows = await asMember(actor.agentId, (tx) =>
    tx
      .select({
        id: projects.id,
        title: projects.title,
        colour: projects.colour,
        instructions: projects.instructions,
        createdAt: projects.createdAt,
        documents: sql<string[]>`array(select documents.id from project_documents given
          join documents on documents.id = given.document_id and documents.deleted_at is null
          where given.project_id = projects.id and given.owner_id = projects.owner_id
          order by given.added_at, documents.id)`,
        conversations: sql<string[]>`array(select held.id ${inProject} order by held.created_at, held.id)`,
      })
      .from(projects)
      .where(eq(projects.ownerId, actor.agentId))
      .orderBy(asc(projects.createdAt), asc(projects.id))
      .limit(PROJECTS_MAX),
  );
  return rows.map(({ createdAt, ...project }) => ({ ...project, createdAt: createdAt.toISOString() }));
}

/** The last one added last. Of a project that is not the actor's, none. */
export const listProjectDocuments = async (actor: Actor, id: string): Promise<ProjectDocument[]> =>
  asMember(actor.agentId, (tx) =>
    tx
      .select({ ...documentSummary, addedAt: projectDocuments.addedAt })
      .from(projectDocuments)
      .innerJoin(documents, eq(documents.id, projectDocuments.documentId))
      .innerJoin(files, eq(files.id, documents.fileId))
      .where(and(eq(projectDocuments.ownerId, actor.agentId), eq(projectDocuments.projectId, id), visibleTo(actor)))
      .orderBy(asc(projectDocuments.addedAt), asc(documents.id))
      .limit(PROJECT_DOCUMENTS_MAX),
  );

const TITLES_MAX = 8;

/** The documents of the project of the row that is read, as answers use them: deleted ones are none. Null when there is none. */
export const projectSources = sql<ProjectSource[] | null>`case when projects.id is not null then (
  select jsonb_agg(jsonb_build_object('id', documents.id, 'name', documents.name, 'fileId', files.id, 'state', files.state,
      'type', files.type, 'pages', files.pages,
      'titles', jsonb_path_query_array(files.outline, ${`$[0 to ${TITLES_MAX - 1}].title`}::text::jsonpath))
    order by given.added_at, documents.id)
  from project_documents given
  join documents on documents.id = given.document_id and documents.deleted_at is null
  join files on files.id = documents.file_id
  where given.project_id = projects.id and given.owner_id = projects.owner_id) end`;

/** Holds a project until the end of the transaction: it is not deleted meanwhile. Throws `project_not_found`. */
export async function holdProject(tx: Transaction, actor: Actor, id: string): Promise<void> {
  const [held] = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(projectIs(actor.agentId, id))
    .for("key share");
  if (!held) throw new AppError("project_not_found");
}
