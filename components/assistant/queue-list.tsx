"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type RefObject, useRef, useState, useTransition } from "react";
import { COMPOSER_ID } from "@/components/layout/skip-links";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { PencilIcon, TrashIcon } from "@/components/ui/icons";
import { TextArea } from "@/components/ui/text-area";
import { showToast } from "@/components/ui/toast";
import { useFocusHandedOn } from "@/components/ui/use-focus-handed-on";
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
  const list = useRef<HTMLOListElement>(null);
  if (questions.length === 0) return null;
  return (
    <section aria-label={t("label")} className="mt-8 flex flex-col gap-2">
      <h2 className="text-sm font-semibold text-muted">{t("title", { count: questions.length })}</h2>
      <ol ref={list} tabIndex={-1} aria-label={t("label")} className="flex flex-col gap-2 outline-none">
        {questions.map((question) => (
          <WaitingQuestion key={question.id} question={question} list={list} />
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

type WaitingQuestionProps = { question: QueuedQuestion; list: RefObject<HTMLElement | null> };

function WaitingQuestion({ question: { id, text }, list }: WaitingQuestionProps) {
  const t = useTranslations("assistant.queue");
  const errors = useTranslations("errors");
  const [isEdited, setEdited] = useState(false);
  const [error, setError] = useState<ErrorCode | null>(null);
  const [isPending, startTransition] = useTransition();
  const editButton = useRef<HTMLButtonElement>(null);
  const item = useFocusHandedOn<HTMLLIElement>(() => list.current ?? document.getElementById(COMPOSER_ID));

  const remove = () =>
    startTransition(async () => {
      const result = await removeQueuedQuestionAction({ id }).catch(unanswered);
      setError(result.ok ? null : result.code);
      if (result.ok) showToast({ text: t("removed") });
    });

  if (isEdited)
    return (
      <li ref={item}>
        <WaitingEditor id={id} text={text} opener={editButton} onClose={() => setEdited(false)} />
      </li>
    );
  return (
    <li
      ref={item}
      className="flex items-start gap-1 rounded-control border border-dashed border-line-strong px-3 py-1.5"
    >
      <div className="min-w-0 flex-1 py-1">
        <p className="line-clamp-3 whitespace-pre-wrap wrap-anywhere">{text}</p>
        {error && <p role="alert">{errors(error)}</p>}
      </div>
      <IconButton ref={editButton} label={t("edit")} size="small" onClick={() => setEdited(true)}>
        <PencilIcon className="size-4" />
      </IconButton>
      <IconButton label={t("remove")} size="small" aria-disabled={isPending} onClick={() => !isPending && remove()}>
        <TrashIcon className="size-4" />
      </IconButton>
    </li>
  );
}

type WaitingEditorProps = {
  id: string;
  text: string;
  /** Takes the focus back. */
  opener: RefObject<HTMLElement | null>;
  onClose: () => void;
};

function WaitingEditor({ id, text, opener, onClose }: WaitingEditorProps) {
  const t = useTranslations("assistant.queue");
  const errors = useTranslations("errors");
  const [draft, setDraft] = useState(text);
  const [error, setError] = useState<ErrorCode | null>(null);
  const [isPending, startTransition] = useTransition();
  const form = useFocusHandedOn<HTMLFormElement>(() => opener.current);

  const save = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await editQueuedQuestionAction({ id, text: draft }).catch(unanswered);
      if (!result.ok) return setError(result.code);
      onClose();
      showToast({ tone: "success", text: t("saved") });
    });
  };

  return (
    <form ref={form} onSubmit={save} className="flex flex-col gap-2 rounded-control border border-line bg-surface p-3">
      <TextArea
        label={t("newWording")}
        rows={3}
        value={draft}
        error={error ? errors(error) : undefined}
        onChange={(event) => setDraft(event.target.value)}
        autoFocus
      />
      <div className="flex justify-end gap-2">
        <Button size="small" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button size="small" type="submit" variant="primary" isPending={isPending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
