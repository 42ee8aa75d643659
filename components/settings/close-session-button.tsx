"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import { closeSessionAction } from "@/lib/preferences/actions";
import { useFocusLeftToTitle } from "./use-focus-left-to-title";

/** `name` tells apart buttons that read the same. */
export function CloseSessionButton({ id, name }: { id: string; name: string }) {
  const t = useTranslations("settings.sessions");
  const errors = useTranslations("errors");
  const [isPending, startTransition] = useTransition();
  const button = useFocusLeftToTitle<HTMLButtonElement>();
  const close = () =>
    startTransition(async () => {
      const result = await closeSessionAction({ id }).catch(unanswered);
      showToast(result.ok ? { tone: "success", text: t("closed") } : { tone: "danger", text: errors(result.code) });
    });
  return (
    <Button ref={button} size="small" isPending={isPending} onClick={close} aria-label={t("closeNamed", { name })}>
      {t("close")}
    </Button>
  );
}
