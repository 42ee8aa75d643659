"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { unanswered } from "@/lib/errors/unanswered";
import { createShareAction } from "@/lib/sharing/actions";
import { SHARE_DAYS, SHARE_DAYS_PROPOSED, sharePath } from "@/lib/sharing/rules";
import { ShareLink } from "./share-link";

type ShareDialogProps = {
  conversationId: string;
  /** The answer that ends what is shared; absent: the last one that is shown. */
  messageId?: string | undefined;
  onClose: () => void;
};

/** Says what a link shows and for how long, makes it, and gives it. */
export function ShareDialog({ conversationId, messageId, onClose }: ShareDialogProps) {
  const t = useTranslations("sharing");
  const errors = useTranslations("errors");
  const [withDocuments, setWithDocuments] = useState(false);
  const [days, setDays] = useState<(typeof SHARE_DAYS)[number]>(SHARE_DAYS_PROPOSED);
  const [id, setId] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();

  const create = (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    startTransition(async () => {
      const result = await createShareAction({ conversationId, messageId, withDocuments, days }).catch(unanswered);
      if (result.ok) setId(result.data.id);
      else setError(errors(result.code, "details" in result ? result.details : undefined));
    });
  };

  return (
    <Dialog isOpen title={t("heading")} onClose={onClose}>
      {id ? (
        <ShareLink address={`${window.location.origin}${sharePath(id)}`} onDone={onClose} />
      ) : (
        <form onSubmit={create} className="flex flex-col gap-5">
          <p>{t("what")}</p>
          <Checkbox
            label={t("documents")}
            description={t("documentsHelp")}
            checked={withDocuments}
            onChange={(event) => setWithDocuments(event.target.checked)}
          />
          <ChoiceGroup
            legend={t("days")}
            choices={SHARE_DAYS.map((count) => ({ value: String(count), label: t("dayCount", { days: count }) }))}
            value={String(days)}
            onChange={(value) => setDays(SHARE_DAYS.find((count) => String(count) === value) ?? SHARE_DAYS_PROPOSED)}
          />
          {error && (
            <p role="alert" className="text-sm text-danger">
              {error}
            </p>
          )}
          <DialogActions go={t("create")} isPending={isPending} onCancel={onClose} />
        </form>
      )}
    </Dialog>
  );
}
