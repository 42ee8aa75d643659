import { useTranslations } from "next-intl";
import type { VisitedPage } from "@/lib/assistant/tools/web.schema";
import { siteNamed } from "@/lib/web/site-name";
import { SiteLetter } from "./site-letter";
import { useWebDates } from "./use-web-dates";
import { WebLink } from "./web-link";

/** Pages of the web that were read for an answer, and that it does not cite. */
export function OtherPages({ answerId, pages }: { answerId: string; pages: readonly VisitedPage[] }) {
  const t = useTranslations("sources");
  const { dayOf } = useWebDates();
  return (
    <>
      <h3 id={`${answerId}-others`} className="mt-3 font-semibold text-muted first:mt-0">
        {t("others")}
      </h3>
      <ul aria-labelledby={`${answerId}-others`} className="mt-1">
        {pages.map(({ url, title, site, date }) => {
          const day = date && dayOf(date);
          return (
            <li key={url} className="flex items-baseline gap-2 py-1">
              <SiteLetter site={site} />
              <span className="min-w-0 wrap-anywhere">
                <WebLink url={url} className="font-medium text-action hover:underline print:text-default">
                  {title || url}
                </WebLink>
                <span className="text-muted">
                  {", "}
                  {siteNamed({ site, url })}
                  {day && ` · ${t("pageOf", { date: day })}`}
                </span>
                <span className="hidden print:block">{url}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
