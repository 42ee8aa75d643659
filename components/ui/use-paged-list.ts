import { useTranslations } from "next-intl";
import { useMemo, useState, useTransition } from "react";
import type { ErrorCode, ErrorDetails } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { type ListPage, withFirstPage, withItems } from "./paged-list";
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

  const sayRefused = (code: ErrorCode, details: ErrorDetails = {}): void =>
    void showToast({ tone: "danger", text: errors(code, details) });

  const items = useMemo(() => {
    const removed = new Set(removedIds);
    return known.filter(({ id }) => !removed.has(id));
  }, [known, removedIds]);

  return {
    items,
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
    hide: (...ids: string[]) => setRemovedIds((removed) => [...removed, ...ids]),
    showAgain: (...ids: string[]) => setRemovedIds((removed) => removed.filter((id) => !ids.includes(id))),
    /** They are gone for good as far as this list knows: if the server lists one again, it is shown. */
    forget: (...ids: string[]) => {
      setKnown((all) => all.filter(({ id }) => !ids.includes(id)));
      setRemovedIds((removed) => removed.filter((id) => !ids.includes(id)));
    },
    /** Puts items in their place, if the list goes as far. */
    put: (...put: T[]) => setKnown((all) => withItems(all, put, momentOf, cursor === null)),
    sayRefused,
  };
}
