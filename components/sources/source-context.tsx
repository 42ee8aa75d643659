"use client";

import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import type { CitedSource } from "@/lib/conversations/schema";
import { openedSource } from "./opened-source";

type Known = { answerId: string; byNumber: ReadonlyMap<number, CitedSource> };

const Sources = createContext<Known | null>(null);

type SourceContextProps = { answerId: string; sources: readonly CitedSource[]; children: ReactNode };

/** What the markers within stand for. */
export function SourceContext({ answerId, sources, children }: SourceContextProps) {
  const known = useMemo(
    () => ({ answerId, byNumber: new Map(sources.map((source) => [source.number, source])) }),
    [answerId, sources],
  );
  return <Sources value={known}>{children}</Sources>;
}

export function useSource(number: number): { answerId: string; source: CitedSource } | null {
  const known = useContext(Sources);
  const source = known?.byNumber.get(number);
  return known && source ? { answerId: known.answerId, source } : null;
}

/** Whether the panel shows this source. */
export function useIsOpened(answerId: string | undefined, number: number): boolean {
  return useSyncExternalStore(
    openedSource.subscribe,
    () => {
      const opened = openedSource.current();
      return opened !== null && opened.answerId === answerId && opened.source.number === number;
    },
    () => false,
  );
}
