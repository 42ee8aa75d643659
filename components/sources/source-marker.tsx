"use client";

import { useTranslations } from "next-intl";
import { openSource, sourceKey } from "./opened-source";
import { useIsOpened, useSource } from "./source-context";
import { useSourceName } from "./use-place";

/** A marker in the text of an answer, which opens the passage it stands for; plain text when it stands for none. */
export function SourceMarker({ number }: { number: number }) {
  const known = useSource(number);
  return known ? <MarkerButton {...known} /> : `[${number}]`;
}

function MarkerButton({ answerId, source }: NonNullable<ReturnType<typeof useSource>>) {
  const t = useTranslations("sources");
  const { name: sourceName, place } = useSourceName()(source);
  const isOpened = useIsOpened(answerId, source.number);
  const name = t("marker", { number: source.number, name: sourceName, place });
  return (
    <button
      type="button"
      data-source={sourceKey(answerId, source.number)}
      aria-label={name}
      aria-expanded={isOpened}
      title={name}
      onClick={({ currentTarget }) => openSource(answerId, source, currentTarget)}
      className="group/marker -my-1 inline-flex h-6 min-w-6 items-center justify-center scroll-mb-56 rounded-sm align-[0.2em] text-xs leading-none print:m-0 print:inline print:align-baseline"
    >
      <span className="inline-block min-w-5.5 rounded-sm bg-action-soft px-1 py-0.5 text-center font-semibold text-action tabular-nums group-hover/marker:bg-action group-hover/marker:text-on-action group-aria-expanded/marker:bg-action group-aria-expanded/marker:text-on-action print:min-w-0 print:p-0 print:font-normal">
        <span className="hidden print:inline">[</span>
        {source.number}
        <span className="hidden print:inline">]</span>
      </span>
    </button>
  );
}
