import { useEffect, useRef, useState } from "react";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { quickSearchAction } from "@/lib/history/actions";
import type { HistoryHit } from "@/lib/history/schema";

const WAIT_MS = 120;

type Found = { query: string; hits: HistoryHit[] };

/**
 * What answers what is typed, as it is typed. While the next answer is on its way the last one stays; one that comes after another
 * was asked for is forgotten.
 */
export function useQuickSearch(typed: string) {
  const query = typed.trim();
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<ErrorCode | null>(null);
  const asked = useRef(0);

  useEffect(() => {
    asked.current += 1;
    const number = asked.current;
    setFailure(null);
    if (query === "") return setFound(null);
    const timer = setTimeout(async () => {
      const result = await quickSearchAction({ query }).catch(unanswered);
      if (asked.current !== number) return;
      if (result.ok) setFound({ query, hits: result.data });
      else setFailure(result.code);
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [query]);

  return { found, failure, isWaiting: query !== "" && found?.query !== query && failure === null };
}
