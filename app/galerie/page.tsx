import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { GallerySheet } from "@/components/gallery/gallery-sheet";
import { ClientMessages } from "@/components/layout/client-messages";
import { MainContent } from "@/components/layout/main-content";
import { PageTitle } from "@/components/layout/page-title";
import { SkipLinks } from "@/components/layout/skip-links";
import { env } from "@/lib/env";

export default async function Page() {
  if (env().APP_ENV === "production") notFound();
  const t = await getTranslations("gallery");
  return (
    <ClientMessages
      also={[
        "assistant",
        "conversations",
        "documents",
        "exports",
        "sharing",
        "gallery",
        "projectDocuments",
        "projects",
        "settings",
        "sources",
        "temporary",
        "web",
      ]}
    >
      <PageTitle>{t("title")}</PageTitle>
      <SkipLinks />
      <MainContent>
        <div className="p-6">
          <h1 className="text-3xl font-bold tracking-tight">{t("title")}</h1>
          <p className="mt-2 text-muted">{t("intro")}</p>
        </div>
        <div className="grid xl:grid-cols-2">
          {(["light", "dark"] as const).map((theme) => (
            <div key={theme} data-theme={theme} className="min-w-0 bg-page text-default">
              <GallerySheet title={t(theme)} />
            </div>
          ))}
        </div>
      </MainContent>
    </ClientMessages>
  );
}
