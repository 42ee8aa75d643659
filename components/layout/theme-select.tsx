"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { THEMES, type Theme, toTheme } from "@/lib/preferences/rules";
import { useTheme } from "./use-theme";

/** The choice of theme in one line, for the foot of public pages. */
export function ThemeSelect({ theme: kept }: { theme: Theme }) {
  const t = useTranslations("layout.theme");
  const id = useId();
  const { theme, choose } = useTheme(kept);
  return (
    <div className="inline-flex items-center gap-2">
      <label htmlFor={id}>{t("label")}</label>
      <select
        id={id}
        value={theme}
        onChange={(event) => choose(toTheme(event.target.value))}
        className="min-h-8 rounded-control border border-line-strong bg-page px-2 text-default"
      >
        {THEMES.map((value) => (
          <option key={value} value={value}>
            {t(value)}
          </option>
        ))}
      </select>
    </div>
  );
}
