"use client";

import { useTranslations } from "next-intl";
import { useLayoutEffect, useMemo, useRef } from "react";
import type { DocumentPage } from "@/lib/documents/schema";
import { highlightsOf } from "./highlights";
import { MarkedText } from "./marked-text";
import { bringPassage } from "./passage-place";
import { PdfPage } from "./pdf-page";
import type { Span } from "./text-blocks";
import { usePlace } from "./use-place";

/** In points: of a page that nobody has measured. */
const A4 = { width: 595, height: 842 };

type PageReaderProps = {
  documentId: string;
  number: number;
  page: DocumentPage & { isDeleted: false };
  /** Null when another page than the cited one is read. */
  passage: Span | null;
  /** Null to read the text. */
  zoom: number | null;
  /** It was to be drawn, and could not be. */
  hasFailed: boolean;
  onFail: () => void;
};

/** A page as it looks, or its text; at its passage. */
export function PageReader({ documentId, number, page, passage, zoom, hasFailed, onFail }: PageReaderProps) {
  const t = useTranslations("sources");
  const place = usePlace();
  const frame = useRef<HTMLElement>(null);
  const mark = useRef<HTMLElement>(null);
  const { size, runs, text, type, isRecognised } = page;
  const [start, end] = [passage?.start, passage?.end];
  const highlights = useMemo(
    () => (runs && start !== undefined && end !== undefined ? highlightsOf(runs, start, end) : []),
    [runs, start, end],
  );
  const isDrawn = zoom !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page or another look starts at its passage
  useLayoutEffect(() => {
    const [scrolled, passageMark] = [frame.current, mark.current];
    if (!scrolled || isDrawn) return;
    if (passageMark) bringPassage(scrolled, passageMark);
    else scrolled.scrollTop = 0;
  }, [number, isDrawn]);

  return (
    <>
      {hasFailed && (
        <p role="status" className="border-line border-b px-4 py-2 text-sm">
          {t("notDrawn")}
        </p>
      )}
      {isDrawn && passage && highlights.length === 0 && (
        <p className="border-line border-b px-4 py-2 text-sm">{t("unplaced")}</p>
      )}
      <section
        ref={frame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
        tabIndex={0}
        aria-label={place({ ...page, page: number })}
        className={`relative min-h-0 flex-1 overflow-auto -outline-offset-2 ${
          isDrawn ? "bg-surface" : "whitespace-pre-wrap p-4 wrap-anywhere"
        }`}
      >
        {isDrawn && (
          <PdfPage
            documentId={documentId}
            number={number}
            size={size ?? A4}
            zoom={zoom}
            highlights={highlights}
            frame={frame}
            onFail={onFail}
          />
        )}
        <div className={isDrawn ? "sr-only" : undefined}>
          {text.trim() === "" ? (
            t("noText")
          ) : (
            <MarkedText text={text} type={type} isRecognised={isRecognised} passage={passage} mark={mark} />
          )}
        </div>
      </section>
    </>
  );
}
