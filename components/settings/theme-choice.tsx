"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "@/components/layout/use-theme";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { DisplayIcon, MoonIcon, SunIcon } from "@/components/ui/icons";
import { THEMES, type Theme } from "@/lib/preferences/rules";

const icons = { system: <DisplayIcon />, light: <SunIcon />, dark: <MoonIcon /> };

export function ThemeChoice({ theme: kept }: { theme: Theme }) {
  const t = useTranslations("layout.theme");
  const { theme, choose } = useTheme(kept);
  return (
    <ChoiceGroup
      legend={t("label")}
      isLegendHidden
      choices={THEMES.map((value) => ({ value, label: t(value), icon: icons[value] }))}
      value={theme}
      onChange={choose}
    />
  );
}
