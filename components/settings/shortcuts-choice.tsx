"use client";

import { useTranslations } from "next-intl";
import { useOptimistic, useTransition } from "react";
import { Switch } from "@/components/ui/switch";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import { saveShortcutsAction } from "@/lib/preferences/actions";

export function ShortcutsChoice({ isEnabled }: { isEnabled: boolean }) {
  const t = useTranslations("shortcuts.choice");
  const errors = useTranslations("errors");
  const [shown, show] = useOptimistic(isEnabled);
  const [, startTransition] = useTransition();

  const choose = (wanted: boolean) =>
    startTransition(async () => {
      show(wanted);
      const result = await saveShortcutsAction({ isEnabled: wanted }).catch(unanswered);
      showToast(
        result.ok
          ? { tone: "success", text: t(wanted ? "nowEnabled" : "nowDisabled") }
          : { tone: "danger", text: errors(result.code) },
      );
    });

  return <Switch label={t("label")} checked={shown} onChange={choose} description={t("meaning")} />;
}
