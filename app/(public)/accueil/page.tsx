import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/layout/page-title";
import { Prose } from "@/components/public/prose";
import { SignInInvitation } from "@/components/public/sign-in-invitation";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { findActor } from "@/lib/auth/actor";
import { getPublicText } from "@/lib/content/queries";

// The operator may replace the text while the application runs.
export const dynamic = "force-dynamic";

export async function generateMetadata() {
  const t = await getTranslations("public");
  return { description: t("welcome.promise") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Search }) {
  const t = await getTranslations("public");
  const isSignedOut = (await searchParams).deconnexion !== undefined;
  return (
    <article className="mx-auto w-full max-w-3xl px-4 py-12">
      <PageTitle>{t("welcome.title")}</PageTitle>
      {isSignedOut && (
        <div className="mb-8">
          <Notice tone="success" role="status">
            {t("welcome.signedOut")}
          </Notice>
        </div>
      )}
      <h1 className="text-4xl font-bold tracking-tight text-default">{t("welcome.heading")}</h1>
      <p className="mt-4 text-lg text-muted">{t("welcome.promise")}</p>
      {(await findActor()) ? (
        <p className="mt-8">
          <ButtonLink href="/" variant="primary">
            {t("welcome.open")}
          </ButtonLink>
        </p>
      ) : (
        <SignInInvitation />
      )}
      <div className="mt-6">
        <Prose>{await getPublicText("accueil")}</Prose>
      </div>
    </article>
  );
}
