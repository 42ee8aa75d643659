import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { type ListPage, withFirstPage } from "./paged-list";
import { showToast } from "./toast";

type PagedList<T> = {
  /** As the server gives it: the list follows it. */
  firstPage: ListPage<T>;
  momentOf: (item: T) => Date;
  loadMore: (cursor: string) => Promise<{ ok: true; data: ListPage<T> } | { ok: false; code: ErrorCode }>;
};

/** A list as it is shown: the first page follows the server, older ones are kept, removals show before they are saved. */
export function usePagedList<T extends { id: string }>({ firstPage, momentOf, loadMore }: PagedList<T>) {
  const errors = useTranslations("errors");
  const [seen, setSeen] = useState(firstPage.items);
  const [known, setKnown] = useState(firstPage.items);
  const [cursor, setCursor] = useState(firstPage.nextCursor);
  const [removedIds, setRemovedIds] = useState<readonly string[]>([]);
  const [isLoading, startLoading] = useTransition();

  if (seen !== firstPage.items) {
    setSeen(firstPage.items);
    setKnown(withFirstPage(known, firstPage, momentOf));
    if (!firstPage.nextCursor || !cursor) setCursor(firstPage.nextCursor);
  }

  const sayRefused = (code: ErrorCode): void => void showToast({ tone: "danger", text: errors(code) });

  return {
    items: known.filter(({ id }) => !removedIds.includes(id)),
    hasMore: cursor !== null,
    isLoading,
    showMore: () =>
      startLoading(async () => {
        if (!cursor) return;
        const result = await loadMore(cursor).catch(unanswered);
        if (!result.ok) return sayRefused(result.code);
        const { items, nextCursor } = result.data;
        setKnown((all) => [...all, ...items.filter(({ id }) => !all.some((one) => one.id === id))]);
        setCursor(nextCursor);
      }),
    change: (id: string, changed: Partial<T>) =>
      setKnown((all) => all.map((one) => (one.id === id ? { ...one, ...changed } : one))),
    hide: (id: string) => setRemovedIds((ids) => [...ids, id]),
    showAgain: (id: string) => setRemovedIds((ids) => ids.filter((removed) => removed !== id)),
    sayRefused,
  };
}
