"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { TextArea } from "@/components/ui/text-area";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import { saveInstructionsAction } from "@/lib/preferences/actions";
import { INSTRUCTIONS_CHARACTERS_MAX } from "@/lib/preferences/rules";

/** Beyond, what is left is also said aloud. */
const NEAR_THE_END_CHARACTERS = 100;
const ANNOUNCE_AFTER_MS = 1_000;

export function InstructionsForm({ instructions }: { instructions: string }) {
  const t = useTranslations("settings.instructions");
  const errors = useTranslations("errors");
  const [draft, setDraft] = useState(instructions);
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();
  const left = INSTRUCTIONS_CHARACTERS_MAX - draft.trim().length;
  const tooLong = left < 0 ? t("tooLong", { count: -left }) : undefined;
  const nearTheEnd = left <= NEAR_THE_END_CHARACTERS ? (tooLong ?? t("left", { count: left })) : "";

  const save = (event: FormEvent) => {
    event.preventDefault();
    if (tooLong) return;
    startTransition(async () => {
      const result = await saveInstructionsAction({ instructions: draft }).catch(unanswered);
      setError(result.ok ? undefined : errors(result.code));
      if (result.ok) showToast({ tone: "success", text: t("saved") });
    });
  };

  return (
    <form onSubmit={save} noValidate>
      <TextArea
        label={t("label")}
        description={t("description")}
        error={tooLong ?? error}
        rows={6}
        value={draft}
        placeholder={t("example")}
        onChange={(event) => setDraft(event.target.value)}
      />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <p aria-hidden="true" className={classNames("text-sm tabular-nums", tooLong ? "text-danger" : "text-muted")}>
          {t("counter", { count: draft.trim().length, max: INSTRUCTIONS_CHARACTERS_MAX })}
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
