"use client";

import { useTranslations } from "next-intl";
import { useOptimistic, useTransition } from "react";
import { Switch } from "@/components/ui/switch";
import { showToast } from "@/components/ui/toast";
import { unanswered } from "@/lib/errors/unanswered";
import type { ActionResult } from "@/lib/http/attempt";
import type { SearchChoices } from "@/lib/preferences/schema";

export type SaveSearchChoices = (choices: SearchChoices) => Promise<ActionResult>;

type SearchesChoiceProps = { name: keyof SearchChoices; isOn: boolean; onSave: SaveSearchChoices };

/** One of the choices on searches of the web, saved at once. */
export function SearchesChoice({ name, isOn, onSave }: SearchesChoiceProps) {
  const t = useTranslations("settings.web");
  const errors = useTranslations("errors");
  const [shown, show] = useOptimistic(isOn);
  const [, startTransition] = useTransition();
  const prefix = name === "searchesAlone" ? "alone" : "confirm";

  const choose = (wanted: boolean) =>
    startTransition(async () => {
      show(wanted);
      const result = await onSave({ [name]: wanted }).catch(unanswered);
      showToast(
        result.ok
          ? { tone: "success", text: t(wanted ? `${prefix}On` : `${prefix}Off`) }
          : { tone: "danger", text: errors(result.code) },
      );
    });

  return <Switch label={t(prefix)} checked={shown} onChange={choose} description={t(`${prefix}Meaning`)} />;
}
