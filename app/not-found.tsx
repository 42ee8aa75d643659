import { getTranslations } from "next-intl/server";
import { FullPageMessage } from "@/components/layout/full-page-message";
import { PublicShell } from "@/components/layout/public-shell";
import { ButtonLink } from "@/components/ui/button";
import { findActor } from "@/lib/auth/actor";
import { findTheme, getProfile } from "@/lib/preferences/queries";

export default async function NotFound() {
  const [t, actor, theme] = await Promise.all([getTranslations("notFound"), findActor(), findTheme()]);
  return (
    <PublicShell profile={actor && (await getProfile(actor))} theme={theme}>
      <FullPageMessage title={t("title")} text={t("text")}>
        <ButtonLink href="/" variant="primary">
          {t("home")}
        </ButtonLink>
        <ButtonLink href="/plan-du-site">{t("sitemap")}</ButtonLink>
      </FullPageMessage>
    </PublicShell>
  );
}
