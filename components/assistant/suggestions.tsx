"use client";

import { useTranslations } from "next-intl";
import { fillComposer } from "./composer-events";
import { chooseWebMode } from "./web-modes";

const TASKS = ["letter", "summary", "note", "clear", "minutes", "table"] as const;

/**
 * Tasks of the civil service to start from: each fills the composer, and nothing leaves before it is completed. `canSearch`: an
 * engine is there to search the web, and one of the tasks asks for it.
 */
export function Suggestions({ canSearch }: { canSearch: boolean }) {
  const t = useTranslations("home");
  const start = (task: (typeof TASKS)[number] | "news") => {
    if (task === "news") chooseWebMode(null, "all");
    fillComposer(t(`tasks.${task}.prompt`));
  };
  return (
    <ul aria-label={t("suggestions")} className="grid gap-3 sm:grid-cols-2">
      {[...TASKS, ...(canSearch ? (["news"] as const) : [])].map((task) => (
        <li key={task} className="flex sm:last:odd:col-span-2">
          <button
            type="button"
            onClick={() => start(task)}
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
