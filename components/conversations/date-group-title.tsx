import { useFormatter, useTranslations } from "next-intl";
import type { DateGroup } from "@/lib/conversations/rules";

export function DateGroupTitle({ group }: { group: DateGroup }) {
  const t = useTranslations("conversations.groups");
  const format = useFormatter();
  const title =
    group.kind === "month"
      ? format.dateTime(group.month, { month: "long", year: "numeric", timeZone: "UTC" })
      : t(group.kind);
  return <h2 className="px-3 py-1.5 text-xs font-semibold text-muted first-letter:uppercase">{title}</h2>;
}
