"use client";

import { useTranslations } from "next-intl";
import { eraseDrafts } from "@/components/assistant/drafts";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

/** Signing out keeps the drafts of this browser for the next time; this erases them. */
export function ClearWorkstation() {
  const t = useTranslations("settings.workstation");
  const clear = () => {
    const isDone = eraseDrafts();
    showToast(isDone ? { tone: "success", text: t("done") } : { tone: "danger", text: t("failed") });
  };
  return (
    <>
      <p className="text-muted">{t("description")}</p>
      <Button className="mt-4" onClick={clear}>
        {t("clear")}
      </Button>
    </>
  );
}
