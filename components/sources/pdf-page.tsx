"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Rectangle } from "./highlights";
import { PASSAGE_AT } from "./passage-place";
import { openPdfPage } from "./pdf-file";

/** Phones refuse larger canvases, or draw them blank. */
const PIXELS_MAX = 12_000_000;

type PdfPageProps = {
  documentId: string;
  number: number;
  /** In points. */
  size: { width: number; height: number };
  /** 1: as wide as the panel. */
  zoom: number;
  highlights: readonly Rectangle[];
  /** What scrolls. */
  frame: RefObject<HTMLElement | null>;
  onFail: () => void;
};

/** A page as it looks, with the passage highlighted over it. For the eyes: its text is beside it. */
export function PdfPage({ documentId, number, size, zoom, highlights, frame, onFail }: PdfPageProps) {
  const t = useTranslations("sources");
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const isDrawn = useDrawing(holder, { documentId, number, width: width * zoom, onFail });

  const first = highlights[0];
  const [isPlaced, top, left] = [width > 0 && first !== undefined, first?.y ?? 0, first?.x ?? 0];
  useLayoutEffect(() => {
    if (!frame.current || !holder.current) return;
    const perPoint = holder.current.clientWidth / size.width;
    frame.current.scrollTo({
      top: isPlaced ? top * perPoint - frame.current.clientHeight * PASSAGE_AT : 0,
      left: isPlaced && zoom > 1 ? left * perPoint - frame.current.clientWidth * PASSAGE_AT : 0,
      behavior: "instant",
    });
  }, [frame, size.width, isPlaced, top, left, zoom]);

  const share = (points: number, of: number) => `${(points / of) * 100}%`;
  return (
    <>
      <div
        aria-hidden="true"
        data-drawn={isDrawn || undefined}
        style={{ width: `${zoom * 100}%`, aspectRatio: `${size.width} / ${size.height}` }}
        className="relative bg-white shadow-raised"
      >
        <div ref={holder} className="absolute inset-0" />
        {highlights.map((box) => (
          <span
            key={`${box.x} ${box.y}`}
            data-highlight
            style={{
              left: share(box.x, size.width),
              top: share(box.y, size.height),
              width: share(box.width, size.width),
              height: share(box.height, size.height),
            }}
            className="pdf-highlight"
          />
        ))}
      </div>
      <p role="status" className={isDrawn ? "sr-only" : "absolute inset-x-0 top-4 text-center text-sm text-muted"}>
        {!isDrawn && t("drawing")}
      </p>
    </>
  );
}

/** Of what is inside, in CSS pixels; 0 until it is known. */
function useWidth(frame: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}

type Drawing = { documentId: string; number: number; width: number; onFail: () => void };

/** Draws the page, and again when it is shown larger. What was drawn stays until what replaces it is ready. */
function useDrawing(holder: RefObject<HTMLDivElement | null>, { documentId, number, width, onFail }: Drawing): boolean {
  const wanted = `${documentId} ${number}`;
  const [drawn, setDrawn] = useState("");
  const fail = useRef(onFail);
  useEffect(() => {
    fail.current = onFail;
  });

  useEffect(() => {
    if (width === 0) return;
    let isWanted = true;
    let cancel = () => {};
    const draw = async () => {
      const page = await openPdfPage(documentId, number);
      if (!isWanted) return;
      const { width: points, height } = page.getViewport({ scale: 1 });
      const scale = Math.min((width * window.devicePixelRatio) / points, Math.sqrt(PIXELS_MAX / (points * height)));
      const viewport = page.getViewport({ scale });
      const canvas = document.createElement("canvas");
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      canvas.className = "size-full";
      const task = page.render({ canvas, viewport, background: "#ffffff" });
      cancel = () => task.cancel();
      await task.promise;
      if (!isWanted) return;
      holder.current?.replaceChildren(canvas);
      setDrawn(wanted);
    };
    draw().catch(() => isWanted && fail.current()); // locked, damaged or out of reach: its text is shown instead
    return () => {
      isWanted = false;
      cancel();
    };
  }, [holder, documentId, number, width, wanted]);

  return drawn === wanted;
}
