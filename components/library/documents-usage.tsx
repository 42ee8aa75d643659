import { useTranslations } from "next-intl";
import { useId } from "react";
import { useSize } from "@/components/documents/use-size";
import type { LibraryUsage } from "@/lib/library/schema";

/** What an agent keeps, out of what they may keep. */
export function DocumentsUsage({ usage }: { usage: LibraryUsage }) {
  const t = useTranslations("library.usage");
  const size = useSize();
  const id = useId();
  const { count, countMax, bytes, bytesMax } = usage;
  return (
    <div className="text-sm text-muted">
      <p id={id}>
        {t("documents", { count, max: countMax })} · {t("space", { used: size(bytes), max: size(bytesMax) })}
      </p>
      <progress
        aria-labelledby={id}
        max={bytesMax}
        value={bytes}
        className="mt-1.5 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-action [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-action"
      />
    </div>
  );
}
