import { useFormatter, useTranslations } from "next-intl";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { ToolFacts } from "./tool-cards";

/** A count of days, in words: what was asked, and what was found; null when it made no sense. */
export function useDeadlineFacts(call: ToolPart): ToolFacts | null {
  const t = useTranslations("assistant.tools.deadline");
  const format = useFormatter();
  if (call.name !== "deadline" || !call.input) return null;
  const { start, end, days, count: kind, alsaceMoselle } = call.input;

  const date = (day: string) =>
    t("date", {
      isFirst: String(day.endsWith("-01")),
      weekday: format.dateTime(noon(day), { weekday: "long", timeZone: "UTC" }),
      day: Number(day.slice(-2)),
      month: format.dateTime(noon(day), { month: "long", year: "numeric", timeZone: "UTC" }),
    });
  const counted = (number: number) => t("days", { kind, days: Math.abs(number) });
  const question = end
    ? t("askedBetween", { kind, start: date(start), end: date(end) })
    : t((days ?? 0) < 0 ? "askedBefore" : "askedAfter", { days: counted(days ?? 0), start: date(start) });
  const facts = { asked: alsaceMoselle ? t("alsaceMoselle", { asked: question }) : question, askedOf: t("by") };

  if (!call.output) return { ...facts, result: null };
  const { holidays, extendedTo } = call.output;
  const names = holidays.map((holiday) => t("holiday", { date: date(holiday.date), name: holiday.name }));
  return {
    ...facts,
    result: end ? counted(call.output.days) : date(call.output.end),
    more: [
      ...(extendedTo && !end ? [{ label: t("extended"), text: date(extendedTo) }] : []),
      ...(names.length > 0 ? [{ label: t("holidays"), text: names.join(", ") }] : []),
    ],
  };
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
