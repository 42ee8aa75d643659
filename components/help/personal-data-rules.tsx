import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { HelpList } from "./help-section";

const SENSITIVE = ["origin", "opinions", "beliefs", "union", "genetic", "biometric", "health", "sexuality"] as const;
const CRIMINAL = ["convictions", "offences", "measures"] as const;

/** What is never to be entrusted to the assistant: articles 9 and 10 of the RGPD, and what names a person. */
export function PersonalDataRules() {
  const t = useTranslations("help.data");
  return (
    <>
      <Notice tone="warning">{t("rule")}</Notice>
      <h3 className="mt-2 text-lg font-semibold">{t("sensitive.title")}</h3>
      <p>{t("sensitive.text")}</p>
      <HelpList items={SENSITIVE.map((item) => t(`sensitive.${item}`))} />
      <h3 className="mt-2 text-lg font-semibold">{t("criminal.title")}</h3>
      <HelpList items={CRIMINAL.map((item) => t(`criminal.${item}`))} />
      <h3 className="mt-2 text-lg font-semibold">{t("anonymise.title")}</h3>
      <p>{t("anonymise.text")}</p>
      <dl className="grid gap-3 sm:grid-cols-2">
        {(["before", "after"] as const).map((side) => (
          <div key={side} className="rounded-card border border-line bg-surface p-4">
            <dt className="text-sm font-medium text-muted">{t(`anonymise.${side}`)}</dt>
            <dd className="mt-1">{t(`anonymise.${side}Text`)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
