import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageTitle } from "@/components/layout/page-title";
import { ArchivesList } from "@/components/shelves/shelf";
import { actorOrSignIn } from "@/lib/auth/actor";
import { listArchived } from "@/lib/conversations/queries";

export default async function Page() {
  const actor = await actorOrSignIn();
  const [t, page] = await Promise.all([getTranslations("shelves.archives"), listArchived(actor)]);
  return (
    <ClientMessages also={["shelves", "conversations"]}>
      <PageTitle>{t("title")}</PageTitle>
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
        <p className="mt-2 text-muted">{t("about")}</p>
        <h2 className="sr-only">{t("title")}</h2>
        <div className="mt-4">
          <ArchivesList firstPage={page} />
        </div>
      </div>
    </ClientMessages>
  );
}
