import { useTranslations } from "next-intl";

const KEYS = ["newConversation", "search", "escape", "up", "question", "enter", "shiftEnter", "tab"] as const;

/** The keys that do something, and what. */
export function KeyList() {
  const t = useTranslations("shortcuts");
  return (
    <dl className="divide-y divide-line rounded-card border border-line px-4">
      {KEYS.map((key) => (
        <div key={key} className="grid gap-x-6 py-2.5 sm:grid-cols-[9rem_1fr]">
          <dt>
            <kbd className="rounded-sm border border-line-strong bg-surface px-1.5 py-0.5 font-sans text-sm">
              {t(`keys.${key}`)}
            </kbd>
          </dt>
          <dd>{t(`effects.${key}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
