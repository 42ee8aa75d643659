import { useTranslations } from "next-intl";
import type { Profile } from "@/lib/preferences/schema";
import { SettingsSection } from "./settings-section";

export function AccountSection({ profile }: { profile: Profile }) {
  const t = useTranslations("settings.account");
  const facts = [
    [t("name"), `${profile.givenName} ${profile.usualName}`],
    [t("email"), profile.email],
    [t("organization"), profile.organizationLabel ?? t("unknown")],
  ] as const;
  return (
    <SettingsSection title={t("title")}>
      <dl className="divide-y divide-line">
        {facts.map(([label, value]) => (
          <div key={label} className="grid gap-x-6 py-2.5 first:pt-0 sm:grid-cols-[13rem_1fr]">
            <dt className="text-muted">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-muted">{t("readOnly")}</p>
    </SettingsSection>
  );
}
