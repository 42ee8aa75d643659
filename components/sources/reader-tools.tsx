"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { ChevronLeftIcon, ChevronRightIcon, MinusIcon, PlusIcon } from "@/components/ui/icons";

/** How large a page is, against the width of the panel. */
export const ZOOMS = [1, 1.5, 2, 3, 4];

export type View = "page" | "text";

type ReaderToolsProps = {
  number: number;
  pagesTotal: number;
  onTurn: (number: number) => void;
  /** Null when there is only text. */
  view: View | null;
  onView: (view: View) => void;
  /** Its place in `ZOOMS`. */
  zoom: number;
  onZoom: (zoom: number) => void;
};

/** Turns pages, and says how they are read. Nothing at all for a text of one page. */
export function ReaderTools({ number, pagesTotal, onTurn, view, onView, zoom, onZoom }: ReaderToolsProps) {
  const t = useTranslations("sources");
  if (pagesTotal <= 1 && view === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 border-line border-b px-2 py-1">
      {pagesTotal > 1 && (
        <div className="flex">
          <Tool label={t("previous")} isOff={number <= 1} onPress={() => onTurn(number - 1)}>
            <ChevronLeftIcon />
          </Tool>
          <Tool label={t("next")} isOff={number >= pagesTotal} onPress={() => onTurn(number + 1)}>
            <ChevronRightIcon />
          </Tool>
        </div>
      )}
      {view && (
        <fieldset className="flex rounded-control border border-line p-0.5">
          <legend className="sr-only">{t("view")}</legend>
          {(["page", "text"] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={view === one}
              onClick={() => onView(one)}
              className="min-h-8 rounded-sm px-3 text-muted text-sm hover:text-default aria-pressed:bg-action-soft aria-pressed:font-medium aria-pressed:text-action"
            >
              {t(one === "page" ? "viewPage" : "viewText")}
            </button>
          ))}
        </fieldset>
      )}
      {view === "page" && (
        <div className="ml-auto flex">
          <Tool label={t("zoomOut")} isOff={zoom <= 0} onPress={() => onZoom(zoom - 1)}>
            <MinusIcon />
          </Tool>
          <Tool label={t("zoomIn")} isOff={zoom >= ZOOMS.length - 1} onPress={() => onZoom(zoom + 1)}>
            <PlusIcon />
          </Tool>
        </div>
      )}
    </div>
  );
}

type ToolProps = { label: string; isOff: boolean; onPress: () => void; children: ReactNode };

/** At its limit it keeps the focus, and does nothing. */
function Tool({ label, isOff, onPress, children }: ToolProps) {
  return (
    <IconButton
      label={label}
      size="small"
      aria-disabled={isOff || undefined}
      onClick={() => !isOff && onPress()}
      className={classNames(isOff && "cursor-not-allowed opacity-50")}
    >
      {children}
    </IconButton>
  );
}
