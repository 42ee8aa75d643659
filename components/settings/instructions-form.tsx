"use client";

import { useTranslations } from "next-intl";
import { saveInstructionsAction } from "@/lib/preferences/actions";
import { INSTRUCTIONS_CHARACTERS_MAX } from "@/lib/preferences/rules";
import { CountedTextForm } from "./counted-text-form";

/** What the assistant follows in all its answers to the agent. */
export function InstructionsForm({ instructions }: { instructions: string }) {
  const t = useTranslations("settings.instructions");
  return (
    <CountedTextForm
      label={t("label")}
      description={t("description")}
      example={t("example")}
      text={instructions}
      max={INSTRUCTIONS_CHARACTERS_MAX}
      saved={t("saved")}
      onSave={(written) => saveInstructionsAction({ instructions: written })}
    />
  );
}
