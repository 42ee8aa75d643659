"use client";

import { useTranslations } from "next-intl";
import { CountedTextForm } from "@/components/settings/counted-text-form";
import { ChevronRightIcon } from "@/components/ui/icons";
import { changeProjectAction } from "@/lib/projects/actions";
import { PROJECT_INSTRUCTIONS_CHARACTERS_MAX } from "@/lib/projects/rules";

const DETAILS_ID = "consignes";

/** From elsewhere in the page: shows the instructions, with the focus in them. */
export function openInstructions(): void {
  const details = document.getElementById(DETAILS_ID);
  if (!(details instanceof HTMLDetailsElement)) return;
  details.open = true;
  details.querySelector("textarea")?.focus();
}

/** What each answer in the project follows. Its beginning is in sight; it opens to be written. */
export function ProjectInstructions({ id, instructions }: { id: string; instructions: string }) {
  const t = useTranslations("projects.instructions");
  return (
    <details id={DETAILS_ID} className="group/instructions rounded-card border border-line">
      <summary className="flex min-h-target list-none items-center gap-3 rounded-card px-4 py-2 hover:bg-surface-hover [&::-webkit-details-marker]:hidden">
        <h2 className="font-semibold">{t("title")}</h2>
        <span className="min-w-0 flex-1 truncate text-sm text-muted group-open/instructions:invisible">
          {instructions || t("none")}
        </span>
        <ChevronRightIcon className="size-4 text-muted transition-transform group-open/instructions:rotate-90" />
      </summary>
      <div className="px-4 pt-1 pb-4">
        <CountedTextForm
          label={t("label")}
          description={t("description")}
          example={t("example")}
          text={instructions}
          max={PROJECT_INSTRUCTIONS_CHARACTERS_MAX}
          saved={t("saved")}
          onSave={(written) => changeProjectAction({ id, instructions: written })}
        />
      </div>
    </details>
  );
}
