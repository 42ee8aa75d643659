import Link from "next/link";
import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import type { HistorySort } from "@/lib/history/schema";
import { historyAddress } from "./history-address";

const SORTS: readonly HistorySort[] = ["relevance", "date"];

/** What comes first among the results. */
export function HistorySortLinks({ query, sort }: { query: string; sort: HistorySort }) {
  const t = useTranslations("history.sort");
  return (
    <nav aria-label={t("label")} className="ml-auto flex items-center gap-1 text-sm">
      <span aria-hidden="true" className="text-muted">
        {t("by")}
      </span>
      {SORTS.map((one) => (
        <Link
          key={one}
          href={historyAddress({ query, sort: one })}
          prefetch={false}
          replace
          scroll={false}
          aria-current={one === sort ? "true" : undefined}
          className={classNames(
            "inline-flex min-h-target-small items-center rounded-control px-2.5",
            one === sort
              ? "bg-action-soft font-semibold underline decoration-2 underline-offset-4"
              : "hover:bg-surface-hover",
          )}
        >
          {t(one)}
        </Link>
      ))}
    </nav>
  );
}
