"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { buttonClass } from "@/components/ui/button";
import { WebIcon } from "@/components/ui/icons";
import type { WebMode } from "@/lib/assistant/schema";
import type { SearchEngine } from "@/lib/web/schema";

const SENT_TO_ID = "search-sent-to";

const WebChoiceDetails = lazy(async () => ({ default: (await import("./web-choice-details")).WebChoiceDetails }));

type WebChoiceProps = { mode: WebMode; onChoose: (mode: WebMode) => void };

/** Whether the next question is answered with a search of the web. */
export function WebToggle({ mode, onChoose }: WebChoiceProps) {
  const t = useTranslations("web.choice");
  const isOn = mode !== "off";
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-describedby={isOn ? SENT_TO_ID : undefined}
      title={t("search")}
      onClick={() => onChoose(isOn ? "off" : "all")}
      className={buttonClass({
        variant: "quiet",
        className:
          "max-sm:min-w-target max-sm:px-3 sm:min-h-target-small sm:px-3 sm:py-1 sm:text-sm aria-pressed:border-action aria-pressed:bg-action-soft aria-pressed:text-action forced-colors:aria-pressed:bg-[Highlight] forced-colors:aria-pressed:text-[HighlightText] forced-colors:aria-pressed:forced-color-adjust-none",
      })}
    >
      <WebIcon className="size-5 sm:size-4" />
      <span className="sr-only sm:not-sr-only">{t("search")}</span>
    </button>
  );
}

/** What a search leaves to choose, and where it goes; nothing to see while the web is not searched. */
export function WebChoice({ engines, ...choice }: WebChoiceProps & { engines: readonly SearchEngine[] }) {
  return choice.mode === "off" ? null : (
    <Suspense fallback={null}>
      <WebChoiceDetails {...choice} engines={engines} sentToId={SENT_TO_ID} />
    </Suspense>
  );
}
