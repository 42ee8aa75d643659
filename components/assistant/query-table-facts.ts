import { useFormatter, useTranslations } from "next-intl";
import type { QueryTableInput } from "@/lib/assistant/tools/query-table.schema";
import type { ToolPart } from "@/lib/assistant/tools/tool-parts";
import type { ToolFacts } from "./tool-cards";

type Filter = NonNullable<QueryTableInput["filters"]>[number];
type Aggregate = NonNullable<QueryTableInput["aggregates"]>[number];

/** A query of a spreadsheet, in words: what was asked, and what was found; null when it made no sense. */
export function useQueryTableFacts(call: ToolPart): ToolFacts | null {
  const t = useTranslations("assistant.tools.queryTable");
  const format = useFormatter();
  if (call.name !== "query_table" || !call.input) return null;
  const { document, sheet, columns, filters, groupBy, groupDatesBy, aggregates } = call.input;

  const figure = ({ calculation, column }: Aggregate) =>
    column ? t("calculation", { calculation, column }) : t("countRows");
  const condition = ({ column, operator, value }: Filter) =>
    t("filter", {
      column,
      operator: operator === "empty" && value === false ? "notEmpty" : operator,
      value: format.list([value ?? ""].flat().map(String)),
    });
  const isGrouped = Boolean(groupBy?.length);
  const shown = columns?.length ? t("columns", { list: format.list(columns) }) : t("rows");
  const figures = aggregates?.length ? format.list(aggregates.map(figure)) : isGrouped ? t("countRows") : shown;
  const asked = [
    t("document", { number: document }),
    ...(sheet ? [t("sheet", { sheet: String(sheet) })] : []),
    figures,
    ...(groupBy?.length ? [t("groupBy", { list: format.list(groupBy), dates: groupDatesBy ?? "whole" })] : []),
    ...(filters?.length ? [t("where", { list: format.list(filters.map(condition)) })] : []),
  ].join(", ");

  if (!call.output) return { asked, askedOf: t("by"), result: null };
  const { rows, matched, total, found } = call.output;
  const single = found === 1 && aggregates?.length === 1 && !isGrouped ? rows[0]?.[0] : undefined;
  const details = rows.map((row) => row.join(" · ")).join("\u00A0; ");
  return {
    asked,
    askedOf: t("by"),
    result: single ?? t("found", { found }),
    more: [
      { label: t("kept"), text: t("keptOf", { matched, total }) },
      ...(single === undefined && details
        ? [{ label: t("details", { isAll: String(rows.length === found) }), text: details }]
        : []),
    ],
  };
}
