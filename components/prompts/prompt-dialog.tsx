"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { TextArea } from "@/components/ui/text-area";
import { TextField } from "@/components/ui/text-field";
import { fieldsOf, PROMPT_CHARACTERS_MAX, PROMPT_TITLE_CHARACTERS_MAX } from "@/lib/saved-prompts/rules";
import type { SavedPrompt } from "@/lib/saved-prompts/schema";

type Written = Omit<SavedPrompt, "id">;

type PromptDialogProps = {
  /** The one that is changed; null for a new one. */
  prompt: SavedPrompt | null;
  /** Gives the sentence to show when it could not be saved. */
  onSave: (written: Written) => Promise<string | null>;
  onClose: () => void;
};

export function PromptDialog({ prompt, onSave, onClose }: PromptDialogProps) {
  const t = useTranslations("prompts.editor");
  const [title, setTitle] = useState(prompt?.title ?? "");
  const [text, setText] = useState(prompt?.text ?? "");
  const [missing, setMissing] = useState({ title: false, text: false });
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const fields = fieldsOf(text);

  const save = (event: FormEvent) => {
    event.preventDefault();
    const written = { title: title.trim(), text: text.trim() };
    const lacking = { title: !written.title, text: !written.text };
    setMissing(lacking);
    setError(null);
    if (lacking.title || lacking.text) return;
    startTransition(async () => {
      const refusal = await onSave(written);
      if (refusal) setError(refusal);
      else onClose();
    });
  };

  return (
    <Dialog isOpen title={t(prompt ? "change" : "create")} onClose={onClose}>
      <form onSubmit={save} noValidate className="flex flex-col gap-5">
        <TextField
          label={t("titleLabel")}
          value={title}
          error={missing.title ? t("missingTitle") : undefined}
          maxLength={PROMPT_TITLE_CHARACTERS_MAX}
          autoComplete="off"
          onChange={(event) => setTitle(event.target.value)}
          autoFocus
        />
        <TextArea
          label={t("textLabel")}
          description={t.rich("textHelp", { field: () => <code>{"{{sujet}}"}</code> })}
          value={text}
          error={missing.text ? t("missingText") : undefined}
          rows={8}
          maxLength={PROMPT_CHARACTERS_MAX}
          onChange={(event) => setText(event.target.value)}
        />
        {fields.length > 0 && (
          <p role="status" className="-mt-3 text-sm text-muted wrap-anywhere">
            {t("fields", { count: fields.length, names: fields.join(", ") })}
          </p>
        )}
        {error && (
          <p role="alert" className="text-sm text-danger">
            {error}
          </p>
        )}
        <DialogActions go={t("save")} isPending={isPending} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
