"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { PageTitle } from "@/components/layout/page-title";
import { buttonClass } from "@/components/ui/button";
import { TemporaryIcon } from "@/components/ui/icons";
import { TEMPORARY_HOME, TEMPORARY_PARAMETER } from "@/lib/temporary/rules";

const NOTICE_ID = "temporary-notice";

/** At home: whether the next question opens a temporary conversation, and what that means. The address says it, and keeps it. */
export function TemporaryChoice({ title }: { title: string }) {
  const t = useTranslations("temporary");
  const isOn = useSearchParams().has(TEMPORARY_PARAMETER);

  function toggle(event: FormEvent): void {
    event.preventDefault();
    window.history.replaceState(null, "", isOn ? "/" : TEMPORARY_HOME);
  }

  return (
    <div className="-mt-4 flex flex-col items-center gap-3">
      <PageTitle>{isOn ? t("title") : title}</PageTitle>
      {/* Without scripts, the address is asked for. */}
      <form action="/" onSubmit={toggle}>
        {!isOn && <input type="hidden" name={TEMPORARY_PARAMETER} value="1" />}
        <button
          type="submit"
          aria-pressed={isOn}
          aria-describedby={isOn ? NOTICE_ID : undefined}
          className={buttonClass({
            variant: "quiet",
            size: "small",
            className:
              "text-muted aria-pressed:border-action aria-pressed:bg-action-soft aria-pressed:text-action forced-colors:aria-pressed:bg-[Highlight] forced-colors:aria-pressed:text-[HighlightText] forced-colors:aria-pressed:forced-color-adjust-none",
          })}
        >
          <TemporaryIcon className="size-4" />
          {t("title")}
        </button>
      </form>
      <div role="status" className="empty:hidden">
        {isOn && (
          <div id={NOTICE_ID} className="rounded-card border border-line bg-surface px-4 py-3">
            <p>{t("choice.kept")}</p>
            <p className="mt-2 text-sm text-muted">{t("choice.sent")}</p>
          </div>
        )}
      </div>
    </div>
  );
}
