"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { PencilIcon } from "@/components/ui/icons";
import { BranchNav } from "./branch-nav";
import { Question } from "./message";

const QuestionEditor = lazy(async () => ({ default: (await import("./question-editor")).QuestionEditor }));

type EditableQuestionProps = {
  conversationId: string;
  messageId: string;
  text: string;
  siblings: string[];
};

/** A stored question: its other wordings, and the way to write one more. */
export function EditableQuestion({ conversationId, messageId, text, siblings }: EditableQuestionProps): ReactNode {
  const t = useTranslations("assistant.branches");
  const [isEditing, setEditing] = useState(false);
  const button = useRef<HTMLDivElement>(null);

  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => button.current?.querySelector("button")?.focus());
  };
  if (isEditing) {
    return (
      <Suspense fallback={<Question text={text} />}>
        <QuestionEditor conversationId={conversationId} messageId={messageId} text={text} onClose={close} />
      </Suspense>
    );
  }
  return (
    <Question
      text={text}
      actions={
        <>
          <div ref={button} className="contents">
            <IconButton label={t("edit")} size="small" data-edit-question onClick={() => setEditing(true)}>
              <PencilIcon className="size-4" />
            </IconButton>
          </div>
          <BranchNav conversationId={conversationId} messageId={messageId} siblings={siblings} />
        </>
      }
    />
  );
}
