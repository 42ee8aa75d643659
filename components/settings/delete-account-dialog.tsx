"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { eraseDrafts } from "@/components/assistant/drafts";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { TextField } from "@/components/ui/text-field";
import { CONFIRMATION_WORD, isConfirmed } from "@/lib/account/rules";
import { ERROR_CODES, type ErrorCode } from "@/lib/errors/app-error";

type DeleteAccountDialogProps = { email: string; onClose: () => void };

export function DeleteAccountDialog({ email, onClose }: DeleteAccountDialogProps) {
  const t = useTranslations("settings.deletion");
  const errors = useTranslations("errors");
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);

  const go = async (event: FormEvent) => {
    event.preventDefault();
    if (isPending) return;
    if (!isConfirmed(typed, email)) return setError(t("mistyped", { word: CONFIRMATION_WORD }));
    setPending(true);
    const answer = await deleteAccount(typed);
    if ("url" in answer) {
      eraseDrafts();
      return window.location.assign(answer.url);
    }
    setPending(false);
    setError(errors(answer.code));
  };

  return (
    <Dialog isOpen role="alertdialog" title={t("heading")} onClose={onClose}>
      <form onSubmit={(event) => void go(event)} noValidate className="flex flex-col gap-5">
        <p>{t("losing")}</p>
        <TextField
          label={t("label", { word: CONFIRMATION_WORD })}
          value={typed}
          error={error}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          autoFocus
        />
        <DialogActions go={isPending ? t("pending") : t("go")} tone="danger" isPending={isPending} onCancel={onClose} />
      </form>
    </Dialog>
  );
}

/** Gives where the browser must go then, or why nothing was deleted. */
async function deleteAccount(confirmation: string): Promise<{ url: string } | { code: ErrorCode }> {
  try {
    const response = await fetch("/api/account", {
      method: "DELETE",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ confirmation }),
    });
    const answer: { url?: unknown; code?: unknown } = await response.json();
    if (typeof answer.url === "string") return { url: answer.url };
    return { code: ERROR_CODES.find((code) => code === answer.code) ?? "unexpected" };
  } catch {
    return { code: "request_failed" }; // nothing came back, or nothing that can be read
  }
}
