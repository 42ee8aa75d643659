"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import type { CountedProject } from "@/lib/projects/schema";

export type Fate = "keep" | "delete";

type DeleteProjectDialogProps = {
  project: CountedProject;
  trashDays: number;
  onGo: (conversations: Fate) => void;
  onClose: () => void;
};

/** Asked before a project is deleted: what becomes of its conversations. */
export function DeleteProjectDialog({ project, trashDays, onGo, onClose }: DeleteProjectDialogProps) {
  const t = useTranslations("projects.deletion");
  const [fate, setFate] = useState<Fate>("keep");
  const { title, conversationsTotal: count, documentsTotal } = project;
  return (
    <Dialog isOpen role="alertdialog" title={t("heading")} onClose={onClose}>
      <div className="flex flex-col gap-5">
        <p className="wrap-anywhere">{t("text", { title })}</p>
        {count > 0 && (
          <ChoiceGroup
            legend={t("legend", { count })}
            choices={(["keep", "delete"] as const).map((value) => ({
              value,
              label: t(value, { count }),
              description: t(`${value}Help`, { count, days: trashDays }),
            }))}
            value={fate}
            onChange={setFate}
            isStacked
          />
        )}
        {documentsTotal > 0 && <p className="text-sm text-muted">{t("documents", { count: documentsTotal })}</p>}
        <DialogActions go={t("go")} tone="danger" onGo={() => onGo(fate)} onCancel={onClose} isCautious />
      </div>
    </Dialog>
  );
}
