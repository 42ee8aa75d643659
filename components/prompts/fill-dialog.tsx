"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { TextArea } from "@/components/ui/text-area";
import { fieldsOf, fillIn } from "@/lib/saved-prompts/rules";
import type { SavedPrompt } from "@/lib/saved-prompts/schema";

type FillDialogProps = {
  prompt: SavedPrompt;
  onInsert: (text: string) => void;
  onClose: () => void;
};

/** Asks for what the fields of a prompt stand for. */
export function FillDialog({ prompt: { title, text }, onInsert, onClose }: FillDialogProps) {
  const t = useTranslations("prompts.fill");
  const [values, setValues] = useState<Record<string, string>>({});
  const insert = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); // opened from the composer, which is a form too
    onInsert(fillIn(text, values));
  };
  return (
    <Dialog isOpen title={t("heading", { title })} onClose={onClose}>
      <form onSubmit={insert} className="flex flex-col gap-4">
        <p className="text-sm text-muted">{t("help")}</p>
        {fieldsOf(text).map((name, index) => (
          <TextArea
            key={name}
            label={`${name.charAt(0).toLocaleUpperCase("fr")}${name.slice(1)}`}
            rows={2}
            value={values[name] ?? ""}
            autoFocus={index === 0}
            onChange={(event) => setValues({ ...values, [name]: event.target.value })}
          />
        ))}
        <DialogActions go={t("insert")} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
