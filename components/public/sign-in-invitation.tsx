import { useTranslations } from "next-intl";
import { AboutProconnect } from "@/components/auth/about-proconnect";
import { ButtonLink } from "@/components/ui/button";

/** The way in, and who may take it, said before the sign-in and not after. */
export function SignInInvitation() {
  const t = useTranslations("public.welcome");
  return (
    <div className="mt-8 rounded-card border border-line bg-surface p-6">
      <p className="text-default">{t("eligibility")}</p>
      <p className="mt-5 flex flex-wrap items-center gap-x-6 gap-y-3">
        <ButtonLink href="/connexion" variant="primary">
          {t("signIn")}
        </ButtonLink>
        <AboutProconnect />
      </p>
    </div>
  );
}
