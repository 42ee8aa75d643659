import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

const LINKS = [
  ["/accueil", "home"],
  ["/mentions-legales", "legal"],
  ["/donnees-personnelles", "privacy"],
  ["/accessibilite", "accessibility"],
  ["/plan-du-site", "sitemap"],
  ["/aide", "help"],
] as const;

/** On every page, in the same order, with the mandatory mention of accessibility. */
export function SiteFooter({ children }: { children?: ReactNode }) {
  const t = useTranslations("layout.footer");
  return (
    <footer className="print:hidden flex flex-wrap items-center justify-center gap-x-6 gap-y-2 px-4 py-3 text-xs text-muted">
      <ul aria-label={t("label")} className="flex flex-wrap justify-center gap-x-5">
        {LINKS.map(([href, label]) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              className="inline-flex min-h-7 items-center rounded-sm underline-offset-4 hover:text-default hover:underline"
            >
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
      {children}
    </footer>
  );
}
