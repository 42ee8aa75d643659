import { useTranslations } from "next-intl";
import { classNames } from "@/components/ui/class-names";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

/** An answer is being written, or was and nobody has seen it yet. */
export function StatusDot({ isRunning, isUnseen }: { isRunning: boolean; isUnseen: boolean }) {
  const t = useTranslations("conversations");
  if (!isRunning && !isUnseen) return null;
  return (
    <span className={classNames("size-2 shrink-0 rounded-full bg-action", isRunning && "animate-pulse-soft")}>
      <VisuallyHidden>{t(isRunning ? "running" : "unseen")}</VisuallyHidden>
    </span>
  );
}
