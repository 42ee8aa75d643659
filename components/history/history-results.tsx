"use client";

import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState, useTransition } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { searchHistoryAction } from "@/lib/history/actions";
import type { HistoryPage, HistorySort } from "@/lib/history/schema";
import { historyAddress } from "./history-address";
import { HistoryHitRow } from "./history-hit-row";
import { keyOf } from "./hit-facts";

type HistoryResultsProps = {
  /** What was asked for these results. */
  query: string;
  sort: HistorySort;
  firstPage: Pick<HistoryPage, "hits" | "nextCursor">;
};

/** What answers a search, and more of it under it when asked. */
export function HistoryResults({ query, sort, firstPage }: HistoryResultsProps) {
  const t = useTranslations("history");
  const errors = useTranslations("errors");
  const [shown, setShown] = useState(firstPage);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const [added, setAdded] = useState<{ from: number; count: number } | null>(null);
  const [isPending, startTransition] = useTransition();
  const list = useRef<HTMLOListElement>(null);

  // The first of those that came: one goes on reading from there, and what asked for them may be gone.
  useLayoutEffect(() => {
    if (added) list.current?.children[added.from]?.querySelector("a")?.focus();
  }, [added]);

  function showMore(cursor: string): void {
    if (isPending) return;
    setFailure(null);
    startTransition(async () => {
      const result = await searchHistoryAction({ query, sort, cursor }).catch(unanswered);
      if (!result.ok) return setFailure(result.code);
      startTransition(() => {
        const known = new Set(shown.hits.map(keyOf));
        const more = result.data.hits.filter((hit) => !known.has(keyOf(hit)));
        setShown({ hits: [...shown.hits, ...more], nextCursor: result.data.nextCursor });
        setAdded({ from: shown.hits.length, count: more.length });
      });
    });
  }

  const { hits, nextCursor } = shown;
  return (
    <>
      <ol ref={list} aria-label={t("results")} className="mt-2 divide-y divide-line">
        {hits.map((hit) => (
          <HistoryHitRow key={keyOf(hit)} hit={hit} query={query} />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {added && t("added", { count: added.count })}
      </p>
      {failure && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {errors(failure)}
        </p>
      )}
      {nextCursor && (
        <ButtonLink
          href={historyAddress({ query, sort, cursor: nextCursor })}
          prefetch={false}
          variant="quiet"
          className="mt-3 w-full"
          aria-busy={isPending || undefined}
          onClick={(event) => {
            event.preventDefault();
            showMore(nextCursor);
          }}
        >
          {isPending && <Spinner className="size-4" />}
          {t("more")}
        </ButtonLink>
      )}
    </>
  );
}
