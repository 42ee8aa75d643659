"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { TextArea } from "@/components/ui/text-area";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import type { ActionResult } from "@/lib/http/attempt";

/** Beyond, what is left is also said aloud. */
const NEAR_THE_END_CHARACTERS = 100;
const ANNOUNCE_AFTER_MS = 1_000;

type CountedTextFormProps = {
  label: string;
  description: string;
  example: string;
  text: string;
  max: number;
  /** What is said once it is saved. */
  saved: string;
  onSave: (text: string) => Promise<ActionResult>;
};

/** A text of so many characters at most, counted as it is typed. */
export function CountedTextForm(props: CountedTextFormProps) {
  const { label, description, example, text, max, saved, onSave } = props;
  const t = useTranslations("ui.counted");
  const errors = useTranslations("errors");
  const [draft, setDraft] = useState(text);
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const count = draft.trim().length;
  const left = max - count;
  const tooLong = left < 0 ? t("tooLong", { count: -left }) : undefined;
  const nearTheEnd = left <= NEAR_THE_END_CHARACTERS ? (tooLong ?? t("left", { count: left })) : "";

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (tooLong) return;
    startTransition(async () => {
      const result = await onSave(draft).catch(unanswered);
      setError(result.ok ? undefined : errors(result.code));
      if (result.ok) showToast({ tone: "success", text: saved });
    });
  };

  return (
    <form onSubmit={save} noValidate>
      <TextArea
        label={label}
        description={description}
        error={tooLong ?? error}
        isErrorQuiet={tooLong !== undefined}
        rows={6}
        value={draft}
        placeholder={example}
        onChange={(event) => setDraft(event.target.value)}
      />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <p aria-hidden="true" className={classNames("text-sm tabular-nums", tooLong ? "text-danger" : "text-muted")}>
          {t("counter", { count, max })}
        </p>
        <p role="status" className="sr-only">
          {useSettled(nearTheEnd)}
        </p>
        <Button type="submit" variant="primary" isPending={isPending}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

/** The value once it has stayed the same for a while: it is said between two bursts of typing, not at each key. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
