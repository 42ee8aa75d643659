import { notFound } from "next/navigation";
import { PageTitle } from "@/components/layout/page-title";
import { ProjectConversations } from "@/components/projects/project-conversations";
import { ProjectDocumentsLink } from "@/components/projects/project-documents-link";
import { ProjectHeader } from "@/components/projects/project-header";
import { ProjectInstructions } from "@/components/projects/project-instructions";
import { actorOrSignIn } from "@/lib/auth/actor";
import { listProjectConversations } from "@/lib/conversations/queries";
import { env } from "@/lib/env";
import { toErrorCode } from "@/lib/errors/app-error";
import { getProject } from "@/lib/projects/queries";
import { projectIdInput } from "@/lib/projects/schema";

type Props = { params: Promise<{ id: string }> };

/** The same page for one that does not exist and one that is someone else's. */
async function readProject(id: string) {
  const actor = await actorOrSignIn();
  if (!projectIdInput.safeParse({ id }).success) notFound();
  try {
    const [project, page] = await Promise.all([getProject(actor, id), listProjectConversations(actor, id)]);
    return { project, page };
  } catch (error) {
    if (toErrorCode(error) === "project_not_found") notFound();
    throw error;
  }
}

export default async function ProjectPage({ params }: Props) {
  const { project, page } = await readProject((await params).id);
  const { id, title, colour, conversationsTotal, documentsTotal, instructions } = project;
  const { SHARING, TRASH_DAYS } = env();
  return (
    <>
      <PageTitle>{title}</PageTitle>
      <ProjectHeader project={{ id, title, colour, conversationsTotal, documentsTotal }} trashDays={TRASH_DAYS} />
      <div className="mt-6 flex flex-col gap-6">
        <div className="flex flex-col gap-3">
          <ProjectInstructions key={`instructions-${id}`} id={id} instructions={instructions} />
          <ProjectDocumentsLink id={id} count={documentsTotal} />
        </div>
        <ProjectConversations
          key={`conversations-${id}`}
          projectId={id}
          firstPage={page}
          canShare={SHARING}
          now={new Date()}
        />
      </div>
    </>
  );
}
