"use client";

import { useTranslations } from "next-intl";
import type { VisitedPage } from "@/lib/assistant/tools/web.schema";
import { isCitedPage } from "@/lib/conversations/rules";
import type { CitationChecks, CitedSource } from "@/lib/conversations/schema";
import { openSource, sourceKey } from "./opened-source";
import { OtherPages } from "./other-pages";
import { SiteLetter } from "./site-letter";
import { useIsOpened } from "./source-context";
import { useSourceName } from "./use-place";
import { useWebDates } from "./use-web-dates";

type SourceListProps = {
  answerId: string;
  sources: readonly CitedSource[];
  /** Pages of the web that were read and are not cited. */
  others: readonly VisitedPage[];
  checks: CitationChecks;
};

/** What an answer cites, each of which opens its passage; what else was read; and what was wrong with its citations. */
export function SourceList({ answerId, sources, others, checks }: SourceListProps) {
  const t = useTranslations("sources");
  const faults = [
    checks.dropped > 0 && t("dropped", { count: checks.dropped }),
    checks.unfound > 0 && t("unfound", { count: checks.unfound }),
  ].filter((fault) => fault !== false);
  return (
    <div className="text-sm">
      {sources.length > 0 && (
        <>
          <h3 id={`${answerId}-sources`} className="font-semibold text-muted">
            {t("title")}
          </h3>
          <ul aria-labelledby={`${answerId}-sources`} className="-mx-2 mt-1 print:mx-0">
            {sources.map((source) => (
              <li key={source.number}>
                <SourceLine answerId={answerId} source={source} />
              </li>
            ))}
          </ul>
        </>
      )}
      {others.length > 0 && <OtherPages answerId={answerId} pages={others} />}
      {faults.length > 0 && <p className="mt-1 text-muted">{faults.join(" ")}</p>}
    </div>
  );
}

function SourceLine({ answerId, source }: { answerId: string; source: CitedSource }) {
  const t = useTranslations("sources");
  const { dayOf } = useWebDates();
  const { name, place, isRecognised } = useSourceName()(source);
  const page = isCitedPage(source) ? source : null;
  const day = page?.date && dayOf(page.date);
  const isOpened = useIsOpened(answerId, source.number);
  return (
    <button
      type="button"
      data-source={sourceKey(answerId, source.number)}
      aria-expanded={isOpened}
      onClick={({ currentTarget }) => openSource(answerId, source, currentTarget)}
      className="group/source flex w-full scroll-mb-56 items-baseline gap-2 rounded-control px-2 py-1 text-left hover:bg-surface-hover aria-expanded:bg-action-soft print:min-h-0 print:p-0"
    >
      <span className="min-w-6 shrink-0 text-muted tabular-nums">[{source.number}]</span>
      {page && <SiteLetter site={page.site} />}
      <span className="min-w-0 wrap-anywhere">
        <span className="font-medium text-action group-hover/source:underline print:text-default">{name}</span>
        <span className="text-muted">
          {", "}
          {place}
          {isRecognised && t("recognised")}
          {day && ` · ${t("pageOf", { date: day })}`}
        </span>
        {page && <span className="hidden print:block">{page.url}</span>}
      </span>
    </button>
  );
}
