import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AboutProconnect } from "@/components/auth/about-proconnect";
import { RefusalMessage } from "@/components/auth/refusal-message";
import { SignInButton } from "@/components/auth/sign-in-button";
import { PageTitle } from "@/components/layout/page-title";
import { findActor } from "@/lib/auth/actor";
import { findRefusal, isAboutAccount, safeReturnPath } from "@/lib/auth/rules";
import { env } from "@/lib/env";

type Search = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const one = (name: string) => [search[name]].flat()[0];
  const retour = safeReturnPath(one("retour"));
  if (await findActor()) redirect(retour);

  const t = await getTranslations("auth");
  const refusal = findRefusal(one("erreur"));
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-12">
      <PageTitle>{t("title")}</PageTitle>
      <h1 className="text-3xl font-bold tracking-tight text-default">{t("heading")}</h1>
      {refusal && <RefusalMessage refusal={refusal} contact={env().CONTACT_EMAIL} />}
      <div className="mt-8 rounded-2xl border border-line bg-surface p-6">
        <p className="leading-7 text-default">{t("eligibility")}</p>
        <div className="mt-6">
          <SignInButton
            retour={retour}
            chooseAccount={isAboutAccount(refusal)}
            labels={{ label: t("button.label"), pending: t("button.pending"), failed: t("button.failed") }}
          />
          <noscript>
            <p className="mt-4 text-danger">{t("button.scriptNeeded")}</p>
          </noscript>
        </div>
        <p className="mt-4">
          <AboutProconnect />
        </p>
      </div>
    </div>
  );
}
