"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { WebMode } from "@/lib/assistant/schema";
import type { SearchEngine } from "@/lib/web/schema";

type WebChoiceDetailsProps = {
  mode: WebMode;
  onChoose: (mode: WebMode) => void;
  engines: readonly SearchEngine[];
  /** The identifier of the sentence that says where queries go. */
  sentToId: string;
};

export function WebChoiceDetails({ mode, onChoose, engines, sentToId }: WebChoiceDetailsProps) {
  const t = useTranslations("web.choice");
  const format = useFormatter();
  const names = engines.map(({ label, hosting }) => t("engine", { label, hosting }));
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-4 px-2 text-sm">
      <label className="inline-flex min-h-target items-center gap-2 sm:min-h-target-small">
        <input
          type="checkbox"
          checked={mode === "official"}
          onChange={({ target }) => onChoose(target.checked ? "official" : "all")}
          className="size-5 sm:size-4"
        />
        {t("official")}
      </label>
      <p id={sentToId} className="min-w-0 flex-1 basis-80 text-xs text-muted wrap-anywhere">
        {t("sentTo", { engines: format.list(names, { type: "disjunction" }) })}
        {/* Where room is scarce, the note below says enough of it. */}
        <span className="max-sm:hidden"> {t("reminder")}</span>
      </p>
    </div>
  );
}
