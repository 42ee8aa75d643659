import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageTitle } from "@/components/layout/page-title";
import { DocumentsUsage } from "@/components/library/documents-usage";
import { LibraryList } from "@/components/library/library-list";
import { LibrarySearch } from "@/components/library/library-search";
import { actorOrSignIn } from "@/lib/auth/actor";
import { getLibraryUsage, listLibrary } from "@/lib/library/queries";
import { queryInput } from "@/lib/library/schema";

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const actor = await actorOrSignIn();
  const query = queryInput.parse((await searchParams).q);
  const [t, page, usage] = await Promise.all([
    getTranslations("library"),
    listLibrary(actor, { query }),
    getLibraryUsage(actor),
  ]);
  return (
    <ClientMessages also={["library", "documents"]}>
      <PageTitle>{t("title")}</PageTitle>
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="text-2xl font-semibold sm:text-3xl">{t("title")}</h1>
        <p className="mt-2 text-muted">{t("kept")}</p>
        <div className="mt-4">
          <DocumentsUsage usage={usage} />
        </div>
        {(usage.count > 0 || query !== "") && (
          <div className="mt-6">
            <LibrarySearch query={query} found={page.documents.length} />
          </div>
        )}
        <LibraryList key={query} agentId={actor.agentId} query={query} firstPage={page} />
      </div>
    </ClientMessages>
  );
}
