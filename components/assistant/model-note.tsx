import { useTranslations } from "next-intl";
import { WarningIcon } from "@/components/ui/icons";
import type { ModelChoice } from "@/lib/models/schema";

/** Where a model runs, and how it is when it is not well: in words, the colour says nothing more. */
export function ModelNote({ model: { hosting, health } }: { model: Pick<ModelChoice, "hosting" | "health"> }) {
  const t = useTranslations("assistant.models");
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
      <span>{hosting.qualification ? `${hosting.label} · ${hosting.qualification}` : hosting.label}</span>
      {health !== "good" && (
        <span className={`inline-flex items-center gap-1 ${health === "down" ? "text-danger" : "text-warning"}`}>
          <WarningIcon className="size-3.5" />
          {t(health)}
        </span>
      )}
    </span>
  );
}
