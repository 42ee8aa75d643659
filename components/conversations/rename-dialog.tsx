"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { TextField } from "@/components/ui/text-field";
import { TITLE_CHARACTERS_MAX } from "@/lib/conversations/rules";
import type { ErrorCode } from "@/lib/errors/app-error";

type RenameDialogProps = {
  title: string;
  onRename: (title: string) => Promise<ErrorCode | null>;
  onClose: () => void;
};

export function RenameDialog({ title, onRename, onClose }: RenameDialogProps) {
  const t = useTranslations("conversations");
  const errors = useTranslations("errors");
  const [draft, setDraft] = useState(title);
  const [error, setError] = useState<string>();
  const [isPending, startTransition] = useTransition();

  const save = (event: FormEvent) => {
    event.preventDefault();
    const wanted = draft.trim();
    if (!wanted) return setError(t("renaming.missing"));
    startTransition(async () => {
      const code = await onRename(wanted);
      if (code) setError(errors(code));
      else onClose();
    });
  };

  return (
    <Dialog isOpen title={t("renaming.heading")} onClose={onClose}>
      <form onSubmit={save} noValidate className="flex flex-col gap-5">
        <TextField
          label={t("renaming.label")}
          value={draft}
          error={error}
          maxLength={TITLE_CHARACTERS_MAX}
          autoComplete="off"
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          autoFocus
        />
        <DialogActions go={t("renaming.save")} isPending={isPending} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
