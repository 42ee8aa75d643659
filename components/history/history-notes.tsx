import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchIcon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import type { HistoryPage, HistorySort } from "@/lib/history/schema";
import { HISTORY_PATH, historyAddress } from "./history-address";

type HistoryNotesProps = Pick<HistoryPage, "misread" | "unknownProject" | "isApproximate">;

/** What of the query was left aside, and why the results may surprise. */
export function HistoryNotes({ misread, unknownProject, isApproximate }: HistoryNotesProps) {
  const t = useTranslations("history");
  const ui = useTranslations("ui");
  const [first] = misread;
  return (
    <div className="mt-2 flex flex-col gap-2 empty:hidden">
      {first && (
        <Notice tone="warning">
          <p className="wrap-anywhere">
            {t("misread", { count: misread.length, tokens: misread.map((text) => ui("quoted", { text })).join(", ") })}
          </p>
        </Notice>
      )}
      {unknownProject && (
        <Notice tone="warning">
          <p className="wrap-anywhere">{t("unknownProject", unknownProject)}</p>
        </Notice>
      )}
      {isApproximate && <Notice>{t("approximate")}</Notice>}
    </div>
  );
}

type Suggested = { suggestions: readonly string[]; sort: HistorySort };

export function HistorySuggestions({ suggestions, sort }: Suggested) {
  const t = useTranslations("history");
  if (suggestions.length === 0) return null;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <p className="text-muted">{t("suggestions")}</p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {suggestions.map((query) => (
          <li key={query}>
            <Link
              href={historyAddress({ query, sort })}
              prefetch={false}
              className="text-link inline-block py-1 wrap-anywhere"
            >
              {query}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function NothingFound({ query, suggestions, sort }: Suggested & { query: string }) {
  const t = useTranslations("history.nothingFound");
  const ui = useTranslations("ui");
  return (
    <EmptyState
      icon={<SearchIcon className="size-8" />}
      title={t("title")}
      actions={
        <>
          <HistorySuggestions suggestions={suggestions} sort={sort} />
          <p className="w-full">
            <Link href={HISTORY_PATH} prefetch={false} className="text-link inline-block py-1">
              {t("clear")}
            </Link>
          </p>
        </>
      }
    >
      <p className="line-clamp-3 wrap-anywhere">{ui("quoted", { text: query })}</p>
      <p className="mt-2">{t("text")}</p>
    </EmptyState>
  );
}
