"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import { revokeShareAction } from "@/lib/sharing/actions";
import { useFocusLeftToTitle } from "./use-focus-left-to-title";

export function RevokeShareButton({ id, title }: { id: string; title: string }) {
  const t = useTranslations("sharing.list");
  const errors = useTranslations("errors");
  const [isPending, startTransition] = useTransition();
  const button = useFocusLeftToTitle<HTMLButtonElement>();
  const revoke = () =>
    startTransition(async () => {
      const result = await revokeShareAction({ id }).catch(unanswered);
      showToast(result.ok ? { tone: "success", text: t("revoked") } : { tone: "danger", text: errors(result.code) });
    });
  return (
    <Button ref={button} size="small" isPending={isPending} onClick={revoke} aria-label={t("revokeNamed", { title })}>
      {t("revoke")}
    </Button>
  );
}
