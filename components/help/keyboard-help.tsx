import { useTranslations } from "next-intl";

const KEYS = [
  ["enter", "send"],
  ["shiftEnter", "newLine"],
  ["tab", "move"],
  ["escape", "close"],
] as const;

export function KeyboardHelp() {
  const t = useTranslations("help.keyboard");
  return (
    <>
      <dl className="divide-y divide-line rounded-card border border-line px-4">
        {KEYS.map(([key, effect]) => (
          <div key={key} className="grid gap-x-6 py-2.5 sm:grid-cols-[11rem_1fr]">
            <dt>
              <kbd className="rounded-sm border border-line-strong bg-surface px-1.5 py-0.5 font-sans text-sm">
                {t(`keys.${key}`)}
              </kbd>
            </dt>
            <dd>{t(`effects.${effect}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t("skip")}</p>
    </>
  );
}
