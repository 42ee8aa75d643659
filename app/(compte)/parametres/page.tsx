import { getTranslations } from "next-intl/server";
import { TransfersSection } from "@/components/exports/transfers-section";
import { ClientMessages } from "@/components/layout/client-messages";
import { PageTitle } from "@/components/layout/page-title";
import { DocumentsUsage } from "@/components/library/documents-usage";
import { AccountSection } from "@/components/settings/account-section";
import { AnalysisChoice } from "@/components/settings/analysis-choice";
import { ClearWorkstation } from "@/components/settings/clear-workstation";
import { DeleteAccount } from "@/components/settings/delete-account";
import { InstructionsForm } from "@/components/settings/instructions-form";
import { LimitsSection } from "@/components/settings/limits-section";
import { SearchesSection } from "@/components/settings/searches-section";
import { SessionList } from "@/components/settings/session-list";
import { SettingsSection } from "@/components/settings/settings-section";
import { SharesSection } from "@/components/settings/shares-section";
import { ShortcutsChoice } from "@/components/settings/shortcuts-choice";
import { ThemeChoice } from "@/components/settings/theme-choice";
import { ButtonLink } from "@/components/ui/button";
import { actorOrSignIn } from "@/lib/auth/actor";
import { listOpenSessions } from "@/lib/auth/queries";
import { env } from "@/lib/env";
import { listTransfers } from "@/lib/export/queries";
import { getLibraryUsage } from "@/lib/library/queries";
import { LIBRARY_PATH } from "@/lib/library/rules";
import { listAllowances } from "@/lib/limits/queries";
import { saveSearchChoicesAction } from "@/lib/preferences/actions";
import { getProfile } from "@/lib/preferences/queries";
import { recognitionHosting } from "@/lib/providers/page-recognition";
import { listSearchEngines } from "@/lib/providers/web-search";
import { listShares } from "@/lib/sharing/queries";

export default async function Page() {
  const actor = await actorOrSignIn();
  const [t, profile, sessions, allowances, usage, shares, transfers] = await Promise.all([
    getTranslations("settings"),
    getProfile(actor),
    listOpenSessions(actor),
    listAllowances(actor),
    getLibraryUsage(actor),
    listShares(actor),
    listTransfers(actor),
  ]);
  const hosting = recognitionHosting();
  return (
    <ClientMessages also={["settings", "shortcuts", "sharing", "exports", "documents"]}>
      <div className="mx-auto w-full max-w-3xl px-4 py-10">
        <PageTitle>{t("title")}</PageTitle>
        <h1 className="text-3xl font-bold tracking-tight">{t("title")}</h1>
        <AccountSection profile={profile} />
        <SettingsSection title={t("appearance.title")}>
          <ThemeChoice theme={profile.theme} />
        </SettingsSection>
        <SettingsSection title={t("shortcuts.title")}>
          <ShortcutsChoice isEnabled={profile.shortcutsEnabled} />
        </SettingsSection>
        <SettingsSection title={t("instructions.title")}>
          <InstructionsForm instructions={profile.instructions} />
        </SettingsSection>
        <SettingsSection title={t("analysis.title")}>
          <AnalysisChoice isAllowed={profile.analysisAllowed} decidedAt={profile.analysisDecidedAt} />
        </SettingsSection>
        <SearchesSection choices={profile} engines={listSearchEngines()} onSave={saveSearchChoicesAction} />
        <LimitsSection allowances={allowances} />
        <SettingsSection title={t("documents.title")}>
          {hosting && <p className="text-sm text-muted">{t("documents.recognisedBy", { hosting })}</p>}
          <DocumentsUsage usage={usage} />
          <ButtonLink href={LIBRARY_PATH} size="small" className="mt-4">
            {t("documents.open")}
          </ButtonLink>
        </SettingsSection>
        {env().SHARING && <SharesSection shares={shares} />}
        <TransfersSection transfers={transfers} />
        <SettingsSection title={t("sessions.title")}>
          <SessionList sessions={sessions} />
        </SettingsSection>
        <SettingsSection title={t("workstation.title")}>
          <ClearWorkstation />
        </SettingsSection>
        <SettingsSection title={t("deletion.title")}>
          <DeleteAccount email={profile.email} />
        </SettingsSection>
      </div>
    </ClientMessages>
  );
}
