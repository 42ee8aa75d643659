import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import type { DateGroup } from "@/lib/conversations/rules";

/** Gives the title of a group. */
export function useGroupTitle(): (group: DateGroup) => string {
  const t = useTranslations("conversations.groups");
  const format = useFormatter();
  return useCallback(
    (group) =>
      group.kind === "month"
        ? format.dateTime(group.month, { month: "long", year: "numeric", timeZone: "UTC" })
        : t(group.kind),
    [t, format],
  );
}

export function GroupTitle({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <h2 id={id} className="px-3 py-1.5 text-xs font-semibold text-muted first-letter:uppercase">
      {children}
    </h2>
  );
}
