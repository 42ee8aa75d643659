import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageTitle } from "@/components/layout/page-title";
import { NewProject } from "@/components/projects/new-project";
import { ProjectList } from "@/components/projects/project-list";
import { actorOrSignIn } from "@/lib/auth/actor";
import { listCountedProjects } from "@/lib/projects/queries";

export default async function Page() {
  const actor = await actorOrSignIn();
  const [t, projects] = await Promise.all([getTranslations("projects"), listCountedProjects(actor)]);
  return (
    <ClientMessages also={["projects"]}>
      <PageTitle>{t("title")}</PageTitle>
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
        <p className="mt-2 mb-6 text-muted">{t("about")}</p>
        <NewProject />
        <ProjectList projects={projects} />
      </div>
    </ClientMessages>
  );
}
