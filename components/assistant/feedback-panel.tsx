"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextArea } from "@/components/ui/text-area";
import { FEEDBACK_COMMENT_CHARACTERS_MAX, FEEDBACK_REASONS } from "@/lib/feedback/rules";
import type { Feedback, FeedbackReason } from "@/lib/feedback/schema";

type FeedbackPanelProps = {
  opinion: Feedback;
  /** False when it could not be saved: what was typed then stays. */
  onSend: (opinion: Feedback) => Promise<boolean>;
  onClose: () => void;
  /** True where it is part of the page, and did not just open. */
  isInPlace?: boolean;
};

/** What is wrong with an answer: reasons to tick and a comment, none of them required. */
export function FeedbackPanel({ opinion, onSend, onClose, isInPlace = false }: FeedbackPanelProps) {
  const t = useTranslations("assistant.feedback");
  const [reasons, setReasons] = useState(opinion.reasons);
  const [comment, setComment] = useState(opinion.comment);
  const [hasFailed, setFailed] = useState(false);
  const [isPending, setPending] = useState(false);
  const helpId = useId();
  const panel = useRef<HTMLFormElement>(null);
  const excess = comment.trim().length - FEEDBACK_COMMENT_CHARACTERS_MAX;

  // Opened by whoever wants to answer it: the whole of it comes into sight, above the composer, and its first choice is next.
  useEffect(() => {
    if (isInPlace) return;
    panel.current?.querySelector("input")?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: "nearest" });
  }, [isInPlace]);

  const toggle = (reason: FeedbackReason) =>
    setReasons((all) => (all.includes(reason) ? all.filter((one) => one !== reason) : [...all, reason]));

  const send = async (event: FormEvent) => {
    event.preventDefault();
    // The field tells what is wrong with it.
    if (excess > 0) return panel.current?.querySelector("textarea")?.focus();
    setPending(true);
    setFailed(false);
    const isSaved = await onSend({ ...opinion, reasons, comment: comment.trim() });
    setPending(false);
    setFailed(!isSaved);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.stopPropagation(); // Échap also stops an answer being written, elsewhere on the page
    onClose();
  };

  return (
    <form
      ref={panel}
      noValidate
      onSubmit={send}
      onKeyDown={onKeyDown}
      className="order-last mt-1 ml-2 flex scroll-mb-52 basis-full animate-appear flex-col gap-4 rounded-card border border-line bg-surface p-4 text-default"
    >
      <fieldset aria-describedby={helpId}>
        <legend className="font-medium">{t("reasonsTitle")}</legend>
        <p id={helpId} className="text-muted">
          {t("severalPossible")}
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          {FEEDBACK_REASONS.map((reason) => (
            <label
              key={reason}
              className="flex min-h-target-small items-center gap-2 rounded-control border border-line-strong bg-page px-3 transition-colors hover:bg-surface-hover has-checked:border-action has-checked:bg-action-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
            >
              <input
                type="checkbox"
                checked={reasons.includes(reason)}
                onChange={() => toggle(reason)}
                className="size-4 shrink-0 outline-none"
              />
              {t(`reasons.${reason}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextArea
        label={t("comment")}
        description={t("commentHelp", { max: FEEDBACK_COMMENT_CHARACTERS_MAX })}
        error={excess > 0 ? t("tooLong", { count: excess }) : undefined}
        isErrorQuiet
        rows={3}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      {hasFailed && (
        <Notice tone="danger" role="alert">
          {t("failed")}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="small" isPending={isPending}>
          {t("send")}
        </Button>
        <Button size="small" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
    </form>
  );
}
