import { useTranslations } from "next-intl";

/**
 * The title of a page, as part of what it draws: it changes together with the page. Next's metadata come a moment later when one
 * goes from a page to another, and the tab has no title until then.
 */
export function PageTitle({ children }: { children: string }) {
  const t = useTranslations("layout");
  return <title>{`${children} — ${t("product")}`}</title>;
}
