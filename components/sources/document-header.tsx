"use client";

import { useTranslations } from "next-intl";
import type { CitedDocument } from "@/lib/conversations/schema";
import { SourceTitle } from "./source-title";
import { type Place, usePlace } from "./use-place";

type DocumentHeaderProps = {
  titleId: string;
  source: CitedDocument;
  place: Place;
  pagesTotal: number;
  isRecognised: boolean;
  isDeleted: boolean;
};

/** What is read, and where. */
export function DocumentHeader({ titleId, source, place, pagesTotal, isRecognised, isDeleted }: DocumentHeaderProps) {
  const t = useTranslations("sources");
  const inWords = usePlace()(place);
  // A sheet is known by its name alone.
  const kind = place.kind === "sheet" && place.label ? "named" : "numbered";
  return (
    <header className="border-line border-b px-4 pt-3 pb-2">
      <SourceTitle id={titleId} number={source.number} name={source.name} />
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
