import { useFormatter, useTranslations } from "next-intl";

/** Days and times of pages of the web, as they are read: « 1er mars 2026 », « 14 h 05 ». `iso`: ISO 8601. */
export function useWebDates() {
  const t = useTranslations("sources");
  const format = useFormatter();
  const dayOf = (iso: string): string | null => {
    const moment = new Date(iso);
    if (Number.isNaN(moment.getTime())) return null;
    const day = format.dateTime(moment, { day: "numeric" });
    return t("date", { day, month: format.dateTime(moment, { month: "long", year: "numeric" }) });
  };
  const timeOf = (iso: string): string => {
    const [hours = "", minutes = ""] = format
      .dateTime(new Date(iso), { hour: "numeric", minute: "2-digit", hourCycle: "h23" })
      .split(":");
    return t("time", { hours: String(Number(hours)), minutes });
  };
  return { dayOf, timeOf };
}
