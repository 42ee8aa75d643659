"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { PencilIcon, TrashIcon } from "@/components/ui/icons";
import { TextArea } from "@/components/ui/text-area";
import type { ErrorCode } from "@/lib/errors/app-error";
import { unanswered } from "@/lib/errors/unanswered";
import { newId } from "@/lib/id";
import { editQueuedQuestionAction, removeQueuedQuestionAction } from "@/lib/queue/actions";
import type { QueuedQuestion } from "@/lib/queue/schema";
import { useAsk } from "./use-ask";

type QueueListProps = {
  conversationId: string;
  questions: QueuedQuestion[];
  /** They go out by themselves when the answer ends; otherwise the agent sends the first. */
  isAnswering: boolean;
};

/** The questions that wait for the answer being written. */
export function QueueList({ conversationId, questions, isAnswering }: QueueListProps) {
  const t = useTranslations("assistant.queue");
  const { ask, isPending, refusal } = useAsk();
  if (questions.length === 0) return null;
  return (
    <section aria-label={t("label")} className="mt-8 flex flex-col gap-2">
      <h2 className="text-sm font-semibold text-muted">{t("title", { count: questions.length })}</h2>
      <ol className="flex flex-col gap-2">
        {questions.map((question) => (
          <WaitingQuestion key={question.id} question={question} />
        ))}
      </ol>
      {!isAnswering && (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            size="small"
            isPending={isPending}
            onClick={() => void ask({ kind: "next", conversationId, answerId: newId() })}
          >
            {t("sendFirst")}
          </Button>
          {refusal && <p role="alert">{refusal}</p>}
        </div>
      )}
    </section>
  );
}

function WaitingQuestion({ question: { id, text } }: { question: QueuedQuestion }) {
  const t = useTranslations("assistant.queue");
  const errors = useTranslations("errors");
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<ErrorCode | null>(null);
  const [isPending, startTransition] = useTransition();

  const save = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await editQueuedQuestionAction({ id, text: draft }).catch(unanswered);
      setError(result.ok ? null : result.code);
      if (result.ok) setDraft(null);
    });
  };
  const remove = () =>
    startTransition(async () => {
      const result = await removeQueuedQuestionAction({ id }).catch(unanswered);
      setError(result.ok ? null : result.code);
    });

  if (draft !== null) {
    return (
      <li>
        <form onSubmit={save} className="flex flex-col gap-2 rounded-control border border-line bg-surface p-3">
          <TextArea
            label={t("newWording")}
            rows={3}
            value={draft}
            error={error ? errors(error) : undefined}
            onChange={(event) => setDraft(event.target.value)}
            autoFocus
          />
          <div className="flex justify-end gap-2">
            <Button size="small" onClick={() => setDraft(null)}>
              {t("cancel")}
            </Button>
            <Button size="small" type="submit" variant="primary" isPending={isPending}>
              {t("save")}
            </Button>
          </div>
        </form>
      </li>
    );
  }
  return (
    <li className="flex items-start gap-1 rounded-control border border-dashed border-line-strong px-3 py-1.5">
      <div className="min-w-0 flex-1 py-1">
        <p className="line-clamp-3 whitespace-pre-wrap wrap-anywhere">{text}</p>
        {error && <p role="alert">{errors(error)}</p>}
      </div>
      <IconButton label={t("edit")} size="small" onClick={() => setDraft(text)}>
        <PencilIcon className="size-4" />
      </IconButton>
      <IconButton label={t("remove")} size="small" aria-disabled={isPending} onClick={() => !isPending && remove()}>
        <TrashIcon className="size-4" />
      </IconButton>
    </li>
  );
}
