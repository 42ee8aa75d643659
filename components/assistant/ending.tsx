"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RetryIcon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import type { TurnStatus } from "@/lib/conversations/schema";
import { ERROR_CODES } from "@/lib/errors/app-error";
import { ask } from "./live-turns";

type EndingProps = {
  conversationId: string;
  questionId: string;
  status: TurnStatus | "lost";
  failureCode?: string | null | undefined;
  /** Announced once, when it happens under the reader's eyes. */
  isNew?: boolean;
};

/** How a turn ended, when it did not end well, and « Réessayer ». */
export function Ending({ conversationId, questionId, status, failureCode, isNew = false }: EndingProps) {
  const t = useTranslations("assistant");
  const errors = useTranslations("errors");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  if (status === "completed" || status === "running") return null;

  const retry = async () => {
    setPending(true);
    const acceptance = await ask({ kind: "retry", conversationId, questionId });
    setPending(false);
    if (acceptance.accepted) return;
    setRefusal(acceptance.code === "network" ? t("network") : errors(acceptance.code, acceptance.details));
  };
  const code = ERROR_CODES.find((known) => known === failureCode) ?? "unexpected";
  const sentences = {
    failed: errors(code),
    stopped: t("stopped"),
    interrupted: t("interrupted"),
    lost: t("lost"),
  };
  return (
    <Notice
      tone={status === "failed" ? "warning" : "info"}
      role={isNew && status === "failed" ? "alert" : undefined}
      actions={
        <Button size="small" isPending={isPending} onClick={retry}>
          <RetryIcon className="size-4" /> {t("retry")}
        </Button>
      }
    >
      {sentences[status]}
      {refusal && <p role="alert">{refusal}</p>}
    </Notice>
  );
}
