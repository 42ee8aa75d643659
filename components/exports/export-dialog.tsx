"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { ButtonLink } from "@/components/ui/button";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { showToast } from "@/components/ui/toast";
import { EXPORT_FORMATS, type ExportedThing, type ExportFormat } from "@/lib/export/schema";
import { requestExport, saveFile } from "./export-requests";

type Choices = Partial<Record<"answer" | "conversation" | "selection", ExportedThing>>;

type ExportDialogProps = {
  /** What can be exported; when there are several, the first is chosen. */
  choices: Choices;
  /** Of the conversation, when nothing else says which one. */
  title?: string | undefined;
  onClose: () => void;
};

/** What to take away, and as what; long ones are made without waiting. */
export function ExportDialog({ choices, title, onClose }: ExportDialogProps) {
  const t = useTranslations("exports");
  const errors = useTranslations("errors");
  const offered = (["answer", "conversation", "selection"] as const).filter((name) => choices[name]);
  const [name, setName] = useState(offered[0] ?? "conversation");
  const [format, setFormat] = useState<ExportFormat>("docx");
  const [isPending, startTransition] = useTransition();
  const [error, setError] = useState<string>();
  const [isLater, setLater] = useState(false);
  const what = choices[name];

  const take = (event: FormEvent) => {
    event.preventDefault();
    if (!what || isPending) return;
    setError(undefined);
    startTransition(async () => {
      const exported = await requestExport({ what, format });
      if (exported.type === "refused") return setError(errors(exported.refusal.code, exported.refusal.details));
      if (exported.type === "later") return setLater(true);
      saveFile(exported.name, exported.bytes);
      showToast({ tone: "success", text: t("downloaded", { name: exported.name }) });
      onClose();
    });
  };

  return (
    <Dialog isOpen title={t("title")} onClose={onClose}>
      <div role="status">{isLater && <p>{t("later")}</p>}</div>
      {isLater ? (
        <div className="mt-5 flex flex-wrap justify-end gap-3">
          <ButtonLink href="/parametres#exports" variant="primary" onClick={onClose}>
            {t("seeExports")}
          </ButtonLink>
        </div>
      ) : (
        <form onSubmit={take} className="flex flex-col gap-5">
          {offered.length > 1 && (
            <ChoiceGroup
              legend={t("what")}
              choices={offered.flatMap((value) => (value === "selection" ? [] : [{ value, label: t(value) }]))}
              value={name}
              onChange={setName}
            />
          )}
          {offered.length === 1 && title && <p className="text-muted wrap-anywhere">{t("of", { title })}</p>}
          {what?.kind === "selection" && (
            <p className="text-muted">{t("count", { count: what.conversationIds.length })}</p>
          )}
          <ChoiceGroup
            legend={t("formatLegend")}
            choices={EXPORT_FORMATS.map((value) => ({ value, label: t(`formats.${value}`) }))}
            value={format}
            onChange={setFormat}
          />
          <p role="status" className="text-sm text-muted">
            {t(`hints.${format}`)}
          </p>
          {error && (
            <p role="alert" className="text-sm text-danger">
              {error}
            </p>
          )}
          <DialogActions go={t("download")} isPending={isPending} onCancel={onClose} />
        </form>
      )}
    </Dialog>
  );
}
