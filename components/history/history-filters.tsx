"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { inputClass } from "@/components/ui/field";
import { ChevronDownIcon } from "@/components/ui/icons";
import { countFilters, type Filters } from "./query-filters";

type HistoryFiltersProps = {
  filters: Filters;
  models: readonly string[];
  /** The titles of the agent's projects. */
  projects: readonly string[];
  onChange: <Name extends keyof Filters>(name: Name, value: Filters[Name]) => void;
};

/** The filters of a query, for those who would rather not type them. */
export function HistoryFilters({ filters, models, projects, onChange }: HistoryFiltersProps) {
  const t = useTranslations("history.filters");
  const id = useId();
  const count = countFilters(filters);
  const [isOpenFirst] = useState(count > 0);
  const { withFile, withWeb, after, before } = filters;
  const lists = [
    { name: "model", sent: "modele", any: t("anyModel"), offered: models },
    { name: "project", sent: "projet", any: t("anyProject"), offered: projects },
  ] as const;
  return (
    <details open={isOpenFirst} className="group/filters mt-1">
      <summary className="-ml-2 inline-flex min-h-target-small list-none items-center gap-1.5 rounded-control px-2 text-sm font-medium hover:bg-surface-hover [&::-webkit-details-marker]:hidden">
        <ChevronDownIcon className="size-4 transition-transform group-open/filters:rotate-180" />
        {t("title", { count })}
      </summary>
      <fieldset className="mt-2 flex flex-wrap items-end gap-x-5 gap-y-4 rounded-card border border-line bg-surface p-4">
        <legend className="sr-only">{t("legend")}</legend>
        <div className="flex min-h-target-small items-center">
          <Checkbox
            label={t("withFile")}
            name="fichier"
            checked={withFile}
            onChange={(event) => onChange("withFile", event.target.checked)}
          />
        </div>
        <div className="flex min-h-target-small grow items-center sm:basis-1/2">
          <Checkbox
            label={t("withWeb")}
            name="web"
            checked={withWeb}
            onChange={(event) => onChange("withWeb", event.target.checked)}
          />
        </div>
        {lists.map(
          ({ name, sent, any, offered }) =>
            (offered.length > 0 || filters[name] !== "") && (
              <div key={name} className="min-w-0 max-sm:w-full">
                <label htmlFor={`${id}-${name}`} className="text-sm font-medium">
                  {t(name)}
                </label>
                <select
                  id={`${id}-${name}`}
                  name={sent}
                  value={filters[name]}
                  onChange={(event) => onChange(name, event.target.value)}
                  className={`${inputClass} mt-1 block min-h-target max-w-full sm:max-w-60`}
                >
                  <option value="">{any}</option>
                  {[...new Set([...(filters[name] === "" ? [] : [filters[name]]), ...offered])].map((label) => (
                    <option key={label} value={label}>
                      {label}
                    </option>
                  ))}
                </select>
              </div>
            ),
        )}
        {(["after", "before"] as const).map((side) => (
          <div key={side} className="min-w-0 flex-1 basis-36 sm:flex-none">
            <label htmlFor={`${id}-${side}`} className="text-sm font-medium">
              {t(side)}
            </label>
            <input
              id={`${id}-${side}`}
              type="date"
              name={side === "after" ? "apres" : "avant"}
              value={side === "after" ? after : before}
              max="9999-12-31"
              onChange={(event) => onChange(side, event.target.value)}
              className={`${inputClass} mt-1 block min-h-target`}
            />
          </div>
        ))}
      </fieldset>
    </details>
  );
}
