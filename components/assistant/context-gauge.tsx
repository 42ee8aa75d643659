import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { type ContextFill, SUMMARY_AT } from "@/lib/assistant/context";

/** Below, nobody needs to know. */
const SHOWN_FROM = 10;

/** How full the model's context is, once it matters. The figure is written: the bar only repeats it. */
export function ContextGauge({ usedTokens, budgetTokens }: ContextFill) {
  const t = useTranslations("assistant.context");
  const percent = Math.min(100, Math.round((usedTokens / budgetTokens) * 100));
  if (percent < SHOWN_FROM) return null;
  const isNearlyFull = usedTokens >= budgetTokens * SUMMARY_AT;
  return (
    <p
      title={t("detail", { used: usedTokens, budget: budgetTokens })}
      className="flex items-center gap-2 text-xs text-muted"
    >
      <span aria-hidden="true" className="h-1.5 w-16 shrink-0 overflow-hidden rounded-full bg-line">
        <span
          className={classNames("block h-full rounded-full", isNearlyFull ? "bg-warning" : "bg-action")}
          style={{ width: `${percent}%` }}
        />
      </span>
      <span>
        {t("full", { percent })}
        {isNearlyFull && `. ${t("nearlyFull")}`}
      </span>
    </p>
  );
}
