import { useTranslations } from "next-intl";

/** The ids that skip links lead to; the composer's field carries the second. */
export const CONTENT_ID = "contenu";
export const COMPOSER_ID = "saisie";

/** The first things the keyboard meets; shown when they have the focus. */
export function SkipLinks({ hasComposer = false }: { hasComposer?: boolean }) {
  const t = useTranslations("layout.skip");
  const targets = [
    { id: CONTENT_ID, label: t("content") },
    ...(hasComposer ? [{ id: COMPOSER_ID, label: t("composer") }] : []),
  ];
  return (
    <nav aria-label={t("label")} className="fixed top-0 left-0 z-50 print:hidden">
      <ul className="flex gap-2">
        {targets.map(({ id, label }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="sr-only focus-visible:not-sr-only focus-visible:m-3 focus-visible:inline-block focus-visible:rounded-control focus-visible:bg-action focus-visible:px-4 focus-visible:py-2.5 focus-visible:font-medium focus-visible:text-on-action"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
