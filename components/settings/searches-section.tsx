import { useTranslations } from "next-intl";
import type { Profile } from "@/lib/preferences/schema";
import type { SearchEngine } from "@/lib/web/schema";
import { type SaveSearchChoices, SearchesChoice } from "./searches-choice";
import { SettingsSection } from "./settings-section";

type SearchesSectionProps = {
  choices: Pick<Profile, "searchesAlone" | "confirmsSearches">;
  engines: readonly SearchEngine[];
  onSave: SaveSearchChoices;
};

/** When the web is searched, and by which engines; why it never is when there are none. */
export function SearchesSection({ choices, engines, onSave }: SearchesSectionProps) {
  const t = useTranslations("settings.web");
  return (
    <SettingsSection title={t("title")}>
      {engines.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <>
          <div className="space-y-5">
            <SearchesChoice name="searchesAlone" isOn={choices.searchesAlone} onSave={onSave} />
            <SearchesChoice name="confirmsSearches" isOn={choices.confirmsSearches} onSave={onSave} />
          </div>
          <h3 className="mt-6 text-sm font-medium">{t("engines", { count: engines.length })}</h3>
          <ol className="mt-1 space-y-1 text-sm text-muted">
            {engines.map(({ id, label, hosting }) => (
              <li key={id} className="wrap-anywhere">
                {t("engine", { label, hosting })}
              </li>
            ))}
          </ol>
        </>
      )}
    </SettingsSection>
  );
}
