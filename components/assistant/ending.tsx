"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RetryIcon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import type { ChatInput } from "@/lib/assistant/schema";
import type { TurnStatus } from "@/lib/conversations/schema";
import { ERROR_CODES } from "@/lib/errors/app-error";
import { newId } from "@/lib/id";
import { attach } from "./live-turns";
import { useAsk } from "./use-ask";

type EndingProps = {
  conversationId: string;
  questionId: string;
  answerId: string;
  status: TurnStatus;
  failureCode?: string | null | undefined;
  isTruncated?: boolean;
  hasText: boolean;
  /** What can be done about it is offered on the last answer only. */
  isLast: boolean;
  /** Announced once, when it happens under the reader's eyes. */
  isNew?: boolean;
};

/** How a turn ended, when the answer is not whole, and how to have the rest. */
export function Ending({ status, isTruncated = false, failureCode, isNew = false, isLast, ...place }: EndingProps) {
  const t = useTranslations("assistant");
  const errors = useTranslations("errors");
  if (status === "running" || (status === "completed" && !isTruncated)) return null;
  const code = ERROR_CODES.find((known) => known === failureCode) ?? "unexpected";
  const sentences = {
    completed: t("truncated"),
    failed: errors(code),
    stopped: t("stopped"),
    interrupted: t("interrupted"),
  };
  return (
    <Notice
      tone={status === "failed" ? "warning" : "info"}
      role={isNew && status === "failed" ? "alert" : undefined}
      actions={isLast && <Remedies status={status} {...place} />}
    >
      {sentences[status]}
    </Notice>
  );
}

type RemediesProps = Pick<EndingProps, "conversationId" | "questionId" | "answerId" | "status" | "hasText">;

function Remedies({ conversationId, questionId, answerId, status, hasText }: RemediesProps) {
  const t = useTranslations("assistant");
  const { ask, isPending, refusal } = useAsk();
  const again: ChatInput = { kind: "retry", conversationId, questionId, answerId: newId() };
  const rest: ChatInput = { kind: "continue", conversationId, continuedId: answerId, answerId: newId() };
  return (
    <>
      {(hasText || status === "interrupted") && (
        <Button size="small" isPending={isPending} onClick={() => ask(rest)}>
          {t(status === "interrupted" ? "resume" : "continue")}
        </Button>
      )}
      {status === "failed" && (
        <Button size="small" isPending={isPending} onClick={() => ask(again)}>
          <RetryIcon className="size-4" /> {t("retry")}
        </Button>
      )}
      {refusal && <p role="alert">{refusal}</p>}
    </>
  );
}

/** The network did not come back in time: the turn itself goes on, and can be followed again. */
export function LostTurn({ conversationId, answerId }: { conversationId: string; answerId: string }) {
  const t = useTranslations("assistant");
  const [isPending, setPending] = useState(false);
  const follow = async () => {
    setPending(true);
    await attach(conversationId, answerId);
    setPending(false);
  };
  return (
    <Notice
      tone="info"
      role="alert"
      actions={
        <Button size="small" isPending={isPending} onClick={follow}>
          {t("resume")}
        </Button>
      }
    >
      {t("lost")}
    </Notice>
  );
}
