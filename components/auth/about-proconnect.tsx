import { useTranslations } from "next-intl";

/** The link that goes with the sign-in button, in ProConnect's own words. */
export function AboutProconnect() {
  const t = useTranslations("auth.about");
  return (
    <a
      href="https://www.proconnect.gouv.fr/"
      target="_blank"
      rel="noopener noreferrer"
      title={t("title")}
      className="text-default underline underline-offset-4"
    >
      {t("label")}
    </a>
  );
}
