import { useEffect, useRef, useState } from "react";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { listLibraryAction } from "@/lib/library/actions";
import type { LibraryPage } from "@/lib/library/schema";
import { useReadingFollowed } from "./use-reading-followed";

const WAIT_MS = 250;

/** The documents that answer what is typed; while it is looked for, what answered before stays. */
export function usePickedPage(query: string) {
  const [page, setPage] = useState<LibraryPage | null>(null);
  const [isLoading, setLoading] = useState(true);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const asked = useRef(0);
  const wanted = query.trim();

  useEffect(() => {
    asked.current += 1;
    const number = asked.current;
    setLoading(true);
    const timer = setTimeout(
      async () => {
        const result = await listLibraryAction({ query: wanted }).catch(unanswered);
        if (asked.current !== number) return;
        setLoading(false);
        setFailure(result.ok ? null : result.code);
        if (result.ok) setPage(result.data);
      },
      number === 1 ? 0 : WAIT_MS,
    );
    return () => clearTimeout(timer);
  }, [wanted]);

  useReadingFollowed(page?.documents ?? [], (id, changed) =>
    setPage(
      (shown) =>
        shown && { ...shown, documents: shown.documents.map((one) => (one.id === id ? { ...one, ...changed } : one)) },
    ),
  );

  async function showMore(): Promise<void> {
    if (!page?.nextCursor) return;
    asked.current += 1;
    const number = asked.current;
    setLoading(true);
    const result = await listLibraryAction({ cursor: page.nextCursor }).catch(unanswered);
    if (asked.current !== number) return;
    setLoading(false);
    setFailure(result.ok ? null : result.code);
    if (result.ok) setPage({ ...result.data, documents: [...page.documents, ...result.data.documents] });
  }

  return { page, isLoading, failure, showMore: () => void showMore() };
}
