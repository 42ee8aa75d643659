import { useTranslations } from "next-intl";

const LINES = [
  "words",
  "forms",
  "phrase",
  "without",
  "withFile",
  "withWeb",
  "model",
  "project",
  "dates",
  "together",
] as const;

/** How what was said is found again, in ten lines. */
export function SearchHelp() {
  const t = useTranslations("searchHelp");
  return (
    <dl className="divide-y divide-line rounded-card border border-line px-4">
      {LINES.map((line) => (
        <div key={line} className="grid gap-x-6 gap-y-1 py-2.5 sm:grid-cols-[13rem_1fr]">
          <dt>
            <code className="rounded-sm border border-line bg-surface px-1.5 py-0.5 text-sm wrap-anywhere">
              {t(`${line}.typed`)}
            </code>
          </dt>
          <dd>{t(`${line}.finds`)}</dd>
        </div>
      ))}
    </dl>
  );
}
