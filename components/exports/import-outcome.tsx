import { useFormatter, useTranslations } from "next-intl";
import type { ImportReport } from "@/lib/export/schema";

/** What an archive added, and what was left aside with the reason. */
export function ImportOutcome({ report: { added, skipped, skippedCount, settings } }: { report: ImportReport }) {
  const t = useTranslations("exports.settings");
  const format = useFormatter();
  const isNothing = added.conversations + added.documents + added.projects + added.prompts === 0;
  const isAllKnown = skipped.every(({ reason }) => reason === "known");
  const others = skippedCount - skipped.length;
  return (
    <>
      <p className="text-sm">{isNothing ? t(isAllKnown ? "nothingAdded" : "nothingAddedOther") : t("added", added)}</p>
      {added.projects > 0 && <p className="text-sm">{t("addedProjects", { count: added.projects })}</p>}
      {added.prompts > 0 && <p className="text-sm">{t("addedPrompts", { count: added.prompts })}</p>}
      {settings.length > 0 && (
        <p className="text-sm">
          {t("restored", { settings: format.list(settings.map((name) => t(`settings.${name}`))) })}
        </p>
      )}
      {skippedCount > 0 && (
        <details className="text-sm text-muted">
          <summary className="cursor-pointer py-1">{t("skipped", { count: skippedCount })}</summary>
          <ul className="mt-1 flex max-h-64 flex-col gap-1 overflow-y-auto">
            {skipped.map(({ what, name, reason }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nothing tells apart two things of the same name, and the list never changes
              <li key={index} className="wrap-anywhere">
                {t("skippedOne", { what, name, reason: t(`reasons.${reason}`) })}
              </li>
            ))}
            {others > 0 && <li>{t("andOthers", { count: others })}</li>}
          </ul>
        </details>
      )}
    </>
  );
}
