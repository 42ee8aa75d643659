"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useOptimistic, useTransition } from "react";
import { Switch } from "@/components/ui/switch";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import { saveAnalysisChoiceAction } from "@/lib/preferences/actions";

export function AnalysisChoice({ isAllowed, decidedAt }: { isAllowed: boolean; decidedAt: Date | null }) {
  const t = useTranslations("settings.analysis");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const [shown, show] = useOptimistic(isAllowed);
  const [isPending, startTransition] = useTransition();

  const decide = (wanted: boolean) =>
    startTransition(async () => {
      show(wanted);
      const result = await saveAnalysisChoiceAction({ isAllowed: wanted }).catch(unanswered);
      showToast(
        result.ok
          ? { tone: "success", text: wanted ? t("nowAllowed") : t("nowRefused") }
          : { tone: "danger", text: errors(result.code) },
      );
    });

  const date = decidedAt && format.dateTime(decidedAt, { dateStyle: "long", timeStyle: "short" });
  return (
    <Switch
      label={t("label")}
      checked={shown}
      onChange={decide}
      description={
        <>
          <p>{t("meaning")}</p>
          <p className="mt-2">{t("training")}</p>
          <p className="mt-2 font-medium text-default">
            {isPending ? t("saving") : date ? t(isAllowed ? "allowedSince" : "refusedSince", { date }) : t("never")}
          </p>
        </>
      }
    />
  );
}
