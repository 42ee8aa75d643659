"use client";

import { useTranslations } from "next-intl";
import { fillComposer } from "./composer-events";

const TASKS = ["letter", "summary", "note", "clear", "minutes", "table"] as const;

/** Tasks of the civil service to start from: each fills the composer, and nothing leaves before it is completed. */
export function Suggestions() {
  const t = useTranslations("home");
  return (
    <ul aria-label={t("suggestions")} className="grid gap-3 sm:grid-cols-2">
      {TASKS.map((task) => (
        <li key={task} className="flex">
          <button
            type="button"
            onClick={() => fillComposer(t(`tasks.${task}.prompt`))}
            className="flex min-h-target flex-1 flex-col items-start rounded-card border border-line bg-page px-4 py-3 text-left transition-colors hover:border-line-strong hover:bg-surface"
          >
            <span className="block font-medium">{t(`tasks.${task}.title`)}</span>
            <span className="mt-0.5 block text-sm text-muted">{t(`tasks.${task}.detail`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
