"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { PencilIcon } from "@/components/ui/icons";
import type { AttachedFile } from "@/lib/documents/schema";
import { BranchNav } from "./branch-nav";
import { Question } from "./message";

const QuestionEditor = lazy(async () => ({ default: (await import("./question-editor")).QuestionEditor }));

type EditableQuestionProps = {
  conversationId: string;
  messageId: string;
  text: string;
  documents: readonly AttachedFile[];
  siblings: string[];
};

/** A stored question: its other wordings, and the way to write one more. */
export function EditableQuestion(props: EditableQuestionProps): ReactNode {
  const { conversationId, messageId, text, documents, siblings } = props;
  const t = useTranslations("assistant.branches");
  const [isEditing, setEditing] = useState(false);
  const button = useRef<HTMLDivElement>(null);

  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => button.current?.querySelector("button")?.focus());
  };
  if (isEditing) {
    return (
      <Suspense fallback={<Question text={text} documents={documents} />}>
        <QuestionEditor conversationId={conversationId} messageId={messageId} text={text} onClose={close} />
      </Suspense>
    );
  }
  return (
    <Question
      messageId={messageId}
      text={text}
      documents={documents}
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
