"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useRef, useState, useTransition } from "react";
import { classNames } from "@/components/ui/class-names";
import { ThumbDownIcon, ThumbUpIcon } from "@/components/ui/icons";
import { unanswered } from "@/lib/errors/unanswered";
import { giveFeedbackAction, withdrawFeedbackAction } from "@/lib/feedback/actions";
import type { Feedback as Opinion } from "@/lib/feedback/schema";

const FeedbackPanel = lazy(async () => ({ default: (await import("./feedback-panel")).FeedbackPanel }));

const SHOWN_MS = 8_000;

/**
 * What was said in this tab, by answer: the stored answer takes over from the live one just after it ended, and may have been read
 * before an opinion that was given meanwhile. Written by clicks only, hence never on the server.
 */
const given = new Map<string, { opinion: Opinion | null; isOpen: boolean }>();

type FeedbackProps = { answerId: string; opinion: Opinion | null };

/** Thumbs under an answer. Each counts at once; the reasons of a thumb down are asked for after it. */
export function Feedback({ answerId, opinion: stored }: FeedbackProps) {
  const t = useTranslations("assistant.feedback");
  const [{ opinion, isOpen }, setState] = useState(() => given.get(answerId) ?? { opinion: stored, isOpen: false });
  const [said, setSaid] = useState<"thanks" | "withdrawn" | "failed" | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const [isPending, startTransition] = useTransition();
  const downButton = useRef<HTMLButtonElement>(null);

  const show = (next: Opinion | null, isPanelOpen: boolean) => {
    given.set(answerId, { opinion: next, isOpen: isPanelOpen });
    setState({ opinion: next, isOpen: isPanelOpen });
  };

  /** Shown at once, and put back as it was when it could not be saved. */
  const change = (next: Opinion | null) => {
    const before = opinion;
    show(next, next?.rating === "down");
    setSaid(null); // what is said again must come back, to be heard
    startTransition(async () => {
      const isSaved = await save(answerId, next);
      if (!isSaved) show(before, false);
      setSaid(isSaved ? (next ? "thanks" : "withdrawn") : "failed");
    });
  };

  const send = async (precise: Opinion): Promise<boolean> => {
    setSaid(null);
    const isSaved = await save(answerId, precise);
    if (!isSaved) return false;
    setSaid("thanks");
    close(precise);
    return true;
  };

  const close = (kept = opinion) => {
    show(kept, false);
    downButton.current?.focus();
  };

  const toggle = (rating: Opinion["rating"]) => {
    if (isPending) return;
    change(opinion?.rating === rating ? null : { rating, reasons: [], comment: "" });
  };

  const isDown = opinion?.rating === "down";
  const isPrecise = isDown && (opinion.reasons.length > 0 || opinion.comment !== "");
  return (
    <>
      <fieldset className="flex items-center">
        <legend className="sr-only">{t("label")}</legend>
        <Thumb label={t("up")} isPressed={opinion?.rating === "up"} onClick={() => toggle("up")}>
          <ThumbUpIcon className="size-4" />
        </Thumb>
        <Thumb ref={downButton} label={t("down")} isPressed={isDown} onClick={() => toggle("down")}>
          <ThumbDownIcon className="size-4" />
        </Thumb>
        {isDown && !isOpen && (
          <button
            type="button"
            onClick={() => show(opinion, true)}
            className="min-h-target-small rounded-control px-2 underline hover:text-default"
          >
            {t(isPrecise ? "change" : "specify")}
          </button>
        )}
      </fieldset>
      {isOpen && opinion && (
        <Suspense fallback={null}>
          <FeedbackPanel opinion={opinion} onSend={send} onClose={() => close()} />
        </Suspense>
      )}
      <span role="status" className={said && !isOpen ? "text-xs" : "sr-only"}>
        {said && t(said)}
      </span>
    </>
  );
}

const save = async (answerId: string, opinion: Opinion | null): Promise<boolean> => {
  const result = opinion ? giveFeedbackAction({ answerId, ...opinion }) : withdrawFeedbackAction({ answerId });
  return (await result.catch(unanswered)).ok;
};

type ThumbProps = {
  label: string;
  isPressed: boolean;
  onClick: () => void;
  ref?: React.Ref<HTMLButtonElement>;
  children: React.ReactNode;
};

function Thumb({ label, isPressed, ...props }: ThumbProps) {
  return (
    <button
      {...props}
      type="button"
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      className={classNames(
        "inline-flex size-target-small items-center justify-center rounded-control transition-colors",
        isPressed ? "bg-action-soft text-action [&_path]:fill-current/25" : "hover:bg-surface-hover hover:text-default",
      )}
    />
  );
}
