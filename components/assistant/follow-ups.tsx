"use client";

import { useTranslations } from "next-intl";

const FOLLOW_UPS = ["shorter", "formal", "clear", "translate"] as const;

/** Ready-made questions about the last answer, each sent in one click. */
export function FollowUps({ onAsk }: { onAsk: (question: string) => void }) {
  const t = useTranslations("assistant.followUps");
  return (
    <ul aria-label={t("label")} className="-mt-4 flex flex-wrap gap-2 print:hidden">
      {FOLLOW_UPS.map((followUp) => (
        <li key={followUp}>
          <button
            type="button"
            onClick={() => onAsk(t(`${followUp}.question`))}
            className="min-h-target-small rounded-full border border-line px-3.5 text-sm transition-colors hover:border-line-strong hover:bg-surface"
          >
            {t(`${followUp}.label`)}
          </button>
        </li>
      ))}
    </ul>
  );
}
