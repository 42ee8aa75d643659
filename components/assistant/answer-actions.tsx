"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { ExportButton } from "@/components/exports/export-button";
import { ShareButton } from "@/components/sharing/share-button";
import { IconButton } from "@/components/ui/icon-button";
import { BranchIcon, RetryIcon } from "@/components/ui/icons";
import { showToast } from "@/components/ui/toast";
import { forkConversationAction } from "@/lib/conversations/actions";
import { unanswered } from "@/lib/errors/unanswered";
import { newId } from "@/lib/id";
import { useAsk } from "./use-ask";

type AnswerActionsProps = {
  conversationId: string;
  questionId: string;
  answerId: string;
  canFork: boolean;
  /** Conversations can be shared by a link. */
  canShare: boolean;
};

/** Another answer to the same question, and a new conversation that starts from this one. */
export function AnswerActions({ conversationId, questionId, answerId, canFork, canShare }: AnswerActionsProps) {
  const t = useTranslations("assistant.branches");
  const errors = useTranslations("errors");
  const router = useRouter();
  const { ask, isPending, refusal } = useAsk();
  const [isForking, startFork] = useTransition();

  const fork = () =>
    startFork(async () => {
      const result = await forkConversationAction({ conversationId, messageId: answerId }).catch(unanswered);
      if (!result.ok) return void showToast({ tone: "danger", text: errors(result.code) });
      router.push(`/conversations/${result.data.id}`);
      showToast({ text: t("forked") });
    });

  return (
    <>
      <IconButton
        label={t("regenerate")}
        size="small"
        aria-disabled={isPending}
        onClick={() => !isPending && void ask({ kind: "retry", conversationId, questionId, answerId: newId() })}
      >
        <RetryIcon className="size-4" />
      </IconButton>
      {canFork && (
        <IconButton label={t("fork")} size="small" aria-disabled={isForking} onClick={() => !isForking && fork()}>
          <BranchIcon className="size-4" />
        </IconButton>
      )}
      {canShare && <ShareButton conversationId={conversationId} answerId={answerId} />}
      <ExportButton conversationId={conversationId} answerId={answerId} />
      {refusal && <p role="alert">{refusal}</p>}
    </>
  );
}
