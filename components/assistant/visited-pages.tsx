import { useTranslations } from "next-intl";
import { SiteLetter } from "@/components/sources/site-letter";
import { useWebDates } from "@/components/sources/use-web-dates";
import { WebLink } from "@/components/sources/web-link";
import type { VisitedPage } from "@/lib/assistant/tools/web.schema";
import { hostOf } from "@/lib/web/site-name";

type VisitedPagesProps = {
  pages: readonly VisitedPage[];
  /** What is not read yet may still be. */
  isReading: boolean;
  isLinked?: boolean;
};

/** The pages that were looked at: whose they are, how old, and whether they were read; else why not. */
export function VisitedPages({ pages, isReading, isLinked = true }: VisitedPagesProps) {
  const t = useTranslations("web.pages");
  if (pages.length === 0) return null;
  return (
    <ul aria-label={t("title")} className="mt-3 flex flex-col gap-3 first:mt-0">
      {pages.map((page) => (
        <li key={page.url} className="flex gap-2">
          <SiteLetter site={page.site} />
          <div className="min-w-0 wrap-anywhere">
            {isLinked ? (
              <WebLink url={page.url} className="inline-block py-0.5 text-link">
                {page.title || page.url}
              </WebLink>
            ) : (
              <span>{page.url}</span>
            )}
            <PageFacts page={page} isReading={isReading} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function PageFacts({
  page: { url, site, date, state, failure },
  isReading,
}: {
  page: VisitedPage;
  isReading: boolean;
}) {
  const t = useTranslations("web.pages");
  const failures = useTranslations("web.failures");
  const { dayOf } = useWebDates();
  const host = hostOf(url);
  const day = date && dayOf(date);
  const isUnderWay = state === "reading" && isReading;
  const facts = [
    site,
    host !== null && host !== site.toLowerCase().replace(/^www\./, "") && host,
    day && t("of", { date: day }),
    t(isUnderWay ? "reading" : state === "read" ? "read" : "unread"),
  ].filter((fact) => fact !== false && fact !== null && fact !== "");
  return (
    <p className="text-muted">
      {facts.join(" · ")}
      {state === "unread" && failure && `. ${failures(failure)}`}
    </p>
  );
}
