"use client";

import { useTranslations } from "next-intl";
import type { Ref } from "react";

/** How much is shown on each side of the passage: a sheet or a text file may be a page of millions of characters. */
const AROUND_MAX = 40_000;

export type Passage = { start: number; end: number };

type MarkedTextProps = { text: string; passage: Passage | null; mark?: Ref<HTMLElement> };

/** The text of a page as it was read, its passage marked, for the eyes and for screen readers. */
export function MarkedText({ text, passage, mark }: MarkedTextProps) {
  const t = useTranslations("sources");
  const start = Math.min(passage?.start ?? 0, text.length);
  const end = Math.max(start, Math.min(passage?.end ?? 0, text.length));
  const from = Math.max(0, start - AROUND_MAX);
  const to = end + AROUND_MAX;
  return (
    <>
      {from > 0 && <span className="mb-3 block text-muted">{t("cutBefore")}</span>}
      {text.slice(from, start)}
      {end > start && (
        <>
          <span className="sr-only select-none">{t("passageStart")} </span>
          <mark ref={mark} className="mark-passage">
            {text.slice(start, end)}
          </mark>
          <span className="sr-only select-none"> {t("passageEnd")}</span>
        </>
      )}
      {text.slice(end, to)}
      {to < text.length && <span className="mt-3 block text-muted">{t("cutAfter")}</span>}
    </>
  );
}
