"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { CloseIcon } from "@/components/ui/icons";
import type { CitedSource } from "@/lib/conversations/schema";
import { closeSource } from "./opened-source";
import { type Place, usePlace } from "./use-place";

type SourceHeaderProps = {
  titleId: string;
  source: CitedSource;
  place: Place;
  pagesTotal: number;
  isRecognised: boolean;
  isDeleted: boolean;
};

/** What is read, and where; it takes the focus when the panel opens. */
export function SourceHeader({ titleId, source, place, pagesTotal, isRecognised, isDeleted }: SourceHeaderProps) {
  const t = useTranslations("sources");
  const ui = useTranslations("ui");
  const inWords = usePlace()(place);
  // A sheet is known by its name alone.
  const kind = place.kind === "sheet" && place.label ? "named" : "numbered";
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <header className="border-line border-b px-4 pt-3 pb-2">
      <div className="flex items-start justify-between gap-3">
        <h2 id={titleId} ref={title} tabIndex={-1} className="min-w-0 pt-1 font-semibold wrap-anywhere">
          <span className="sr-only">{t("panel", { number: source.number })} </span>
          {source.name}
        </h2>
        <IconButton label={ui("close")} size="small" onClick={closeSource} className="-mr-2 shrink-0">
          <CloseIcon />
        </IconButton>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm">
        <p role="status" className="min-w-0 text-muted first-letter:uppercase wrap-anywhere">
          {pagesTotal > 1 ? t("placeOf", { place: inWords, total: pagesTotal, kind, page: place.page }) : inWords}
          {isRecognised && t("recognised")}
        </p>
        {!isDeleted && (
          <a
            href={`/api/documents/${source.documentId}/original`}
            download={source.name}
            className="inline-flex min-h-target-small items-center rounded-control text-action hover:underline"
          >
            {t("takeOriginal")}
          </a>
        )}
      </div>
    </header>
  );
}
