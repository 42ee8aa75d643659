"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { ChevronLeftIcon, ChevronRightIcon } from "@/components/ui/icons";
import { showToast } from "@/components/ui/toast";
import { showBranchAction } from "@/lib/conversations/actions";
import { unanswered } from "@/lib/errors/unanswered";
import { announceChange } from "./other-tabs";

type BranchNavProps = {
  conversationId: string;
  messageId: string;
  /** In the order they were written, `messageId` included. */
  siblings: string[];
};

/** ‹ 2/3 › : the other wordings of a question, or the other answers to it. */
export function BranchNav({ conversationId, messageId, siblings }: BranchNavProps) {
  const t = useTranslations("assistant.branches");
  const errors = useTranslations("errors");
  const [isPending, startTransition] = useTransition();
  const position = siblings.indexOf(messageId);
  if (siblings.length < 2 || position < 0) return null;

  const show = (step: number) => {
    const target = siblings[position + step];
    if (!target || isPending) return;
    startTransition(async () => {
      const result = await showBranchAction({ conversationId, messageId: target }).catch(unanswered);
      if (!result.ok) return void showToast({ tone: "danger", text: errors(result.code) });
      announceChange();
    });
  };
  const total = siblings.length;
  return (
    <fieldset className="inline-flex items-center" aria-busy={isPending || undefined}>
      <legend className="sr-only">{t("label")}</legend>
      <IconButton label={t("previous")} size="small" aria-disabled={position === 0} onClick={() => show(-1)}>
        <ChevronLeftIcon className="size-4" />
      </IconButton>
      <span className="tabular-nums">
        <span aria-hidden="true">{t("position", { position: position + 1, total })}</span>
        <span className="sr-only">{t("positionInWords", { position: position + 1, total })}</span>
      </span>
      <IconButton label={t("next")} size="small" aria-disabled={position === total - 1} onClick={() => show(1)}>
        <ChevronRightIcon className="size-4" />
      </IconButton>
    </fieldset>
  );
}
