import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageTitle } from "@/components/layout/page-title";
import { ProjectDocuments } from "@/components/projects/project-documents";
import { actorOrSignIn } from "@/lib/auth/actor";
import { toErrorCode } from "@/lib/errors/app-error";
import { getProject, listProjectDocuments } from "@/lib/projects/queries";
import { projectPath } from "@/lib/projects/rules";
import { type Project, projectIdInput } from "@/lib/projects/schema";

type Props = { params: Promise<{ id: string }> };

export default async function Page({ params }: Props) {
  const actor = await actorOrSignIn();
  const project = await findProject((await params).id);
  if (!project) notFound();
  const { id, title } = project;
  const [t, documents] = await Promise.all([getTranslations("projectDocuments"), listProjectDocuments(actor, id)]);
  return (
    <ClientMessages also={["projectDocuments", "documents", "assistant"]}>
      <PageTitle>{t("pageTitle", { project: title })}</PageTitle>
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <p>
          <Link href={projectPath(id)} className="text-link wrap-anywhere">
            {t("back", { project: title })}
          </Link>
        </p>
        <h1 className="mt-2 text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
        <p className="mt-2 text-muted">{t("intro")}</p>
        <ProjectDocuments agentId={actor.agentId} projectId={id} documents={documents} />
      </div>
    </ClientMessages>
  );
}

/** Null for one that is not the actor's, or never was. */
async function findProject(id: string): Promise<Project | null> {
  const actor = await actorOrSignIn();
  if (!projectIdInput.safeParse({ id }).success) return null;
  try {
    return await getProject(actor, id);
  } catch (error) {
    if (toErrorCode(error) === "project_not_found") return null;
    throw error;
  }
}
