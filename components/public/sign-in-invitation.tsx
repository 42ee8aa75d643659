import Link from "next/link";
import { useTranslations } from "next-intl";
import { AboutProconnect } from "@/components/auth/about-proconnect";

/** The way in, and who may take it, said before the sign-in and not after. */
export function SignInInvitation() {
  const t = useTranslations("public.welcome");
  return (
    <div className="mt-8 rounded-2xl border border-line bg-surface p-6">
      <p className="text-default">{t("eligibility")}</p>
      <p className="mt-5 flex flex-wrap items-center gap-x-6 gap-y-3">
        <Link
          href="/connexion"
          className="inline-flex min-h-12 items-center rounded-lg bg-action px-5 font-semibold text-on-action"
        >
          {t("signIn")}
        </Link>
        <AboutProconnect />
      </p>
    </div>
  );
}
